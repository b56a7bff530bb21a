import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';

/** The taxonomy changes with a new version of the server alone. */
const STALE_MS = 5 * 60_000;

export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  staleTime: STALE_MS,
  queryFn: ({ signal }) => dataOf(api.GET('/categories', { signal })),
});

export const taskTypeQuery = (slug: string, type: string) =>
  queryOptions({
    queryKey: ['categories', slug, type],
    staleTime: STALE_MS,
    enabled: slug !== '' && type !== '',
    queryFn: ({ signal }) =>
      dataOf(api.GET('/categories/{slug}/task-types/{type}', { params: { path: { slug, type } }, signal })),
  });
