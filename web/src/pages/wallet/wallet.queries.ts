import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, pageOf } from '../../api/client.ts';
import { BY_CURSOR } from '../../ui/pages-of.tsx';

export const walletQuery = queryOptions({
  queryKey: ['wallet'],
  queryFn: ({ signal }) => dataOf(api.GET('/wallet', { signal })),
});

export const statementQuery = infiniteQueryOptions({
  ...BY_CURSOR,
  queryKey: ['wallet', 'statement'],
  queryFn: ({ pageParam, signal }) =>
    pageOf(
      api.GET('/wallet/statement', {
        params: { query: { limit: 30, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      }),
    ),
});
