import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ApiError, api, dataOf, pageOf, type Shape } from '../../api/client.ts';
import { BY_CURSOR } from '../../ui/pages-of.tsx';

export type Key = Shape<'Key'>;

/** Which model judges with the account's own key; null where there is none. */
export const judgeKeyQuery = queryOptions({
  queryKey: ['judge-key'],
  queryFn: async ({ signal }): Promise<Shape<'JudgeKey'> | null> => {
    try {
      return await dataOf(api.GET('/accounts/me/judge-key', { signal }));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'JUDGE_KEY_NOT_SET') return null;
      throw error;
    }
  },
});

export const keysQuery = infiniteQueryOptions({
  ...BY_CURSOR,
  queryKey: ['keys'],
  queryFn: ({ pageParam, signal }) =>
    pageOf(api.GET('/keys', { params: { query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
});
