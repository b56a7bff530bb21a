import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, pageOf, type Shape } from '../../api/client.ts';
import { BY_CURSOR } from '../../ui/pages-of.tsx';

export type Task = Shape<'Task'>;
export type TaskStatus = Task['status'];

export const taskListQuery = (status: TaskStatus | null) =>
  infiniteQueryOptions({
    ...BY_CURSOR,
    queryKey: ['tasks', 'list', status],
    queryFn: ({ pageParam, signal }) =>
      pageOf(
        api.GET('/tasks', {
          params: { query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}), ...(status ? { status } : {}) } },
          signal,
        }),
      ),
  });

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', id],
    queryFn: ({ signal }) => dataOf(api.GET('/tasks/{id}', { params: { path: { id } }, signal })),
  });
