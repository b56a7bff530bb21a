import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { Post } from './draft.ts';

const TAXONOMY_MS = 5 * 60_000;

export const previewQuery = (post: Post | null) =>
  queryOptions({
    queryKey: ['preview', post],
    enabled: post !== null,
    staleTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      if (!post) throw new Error('Asked without a brief.');
      return dataOf(api.POST('/tasks/preview', { body: post, signal }));
    },
  });

/** Fee, limits and windows; they change with the server's settings alone. */
export const termsQuery = queryOptions({
  queryKey: ['terms'],
  staleTime: TAXONOMY_MS,
  queryFn: ({ signal }) => dataOf(api.GET('/terms', { signal })),
});
