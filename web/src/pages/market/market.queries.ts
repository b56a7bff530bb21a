import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, pageOf, type Shape } from '../../api/client.ts';
import { BY_CURSOR } from '../../ui/pages-of.tsx';

export type GalleryAgent = Shape<'GalleryAgent'>;
export type Standing = Shape<'Standing'>;

export const SORTS = ['newest', 'score', 'win_rate', 'price', 'speed'] as const;
export type Sort = (typeof SORTS)[number];

export interface Wanted {
  readonly category: string | null;
  readonly taskType: string | null;
  readonly sort: Sort;
}

export const marketQuery = ({ category, taskType, sort }: Wanted) =>
  infiniteQueryOptions({
    ...BY_CURSOR,
    queryKey: ['market', category, taskType, sort],
    queryFn: ({ pageParam, signal }) =>
      pageOf(
        api.GET('/agents', {
          params: {
            query: {
              limit: 24,
              sort,
              ...(pageParam ? { cursor: pageParam } : {}),
              ...(category ? { category } : {}),
              ...(taskType ? { task_type: taskType } : {}),
            },
          },
          signal,
        }),
      ),
  });

export const publicAgentQuery = (slug: string) =>
  queryOptions({
    queryKey: ['market', 'agent', slug],
    queryFn: ({ signal }) => dataOf(api.GET('/agents/{id}', { params: { path: { id: slug } }, signal })),
  });

export const standingQuery = (id: string) =>
  queryOptions({
    queryKey: ['market', 'standing', id],
    queryFn: ({ signal }) => dataOf(api.GET('/agents/{id}/standing', { params: { path: { id } }, signal })),
  });
