import { queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError, api, dataOf, type Shape } from '../api/client.ts';

/** Who is signed in here; null for nobody. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<Shape<'Me'> | null> => {
    try {
      return await dataOf(api.GET('/accounts/me', { signal }));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});

/** The signed-in account; null while that is not known and for visitors. */
export function useMe(): Shape<'Me'> | null {
  return useQuery(meQuery).data ?? null;
}
