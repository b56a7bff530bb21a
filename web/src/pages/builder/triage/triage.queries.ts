import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Shape } from '../../../api/client.ts';

export type Decision = Shape<'OperatorTriage'>;

/** How one round of a task went for the agent; without a round the latest. */
export const decisionQuery = (id: string, task: string, round: number | null) =>
  queryOptions({
    queryKey: ['agents', id, 'triage', task, round],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/agents/{id}/triage', {
          params: { path: { id }, query: { task, ...(round === null ? {} : { round }) } },
          signal,
        }),
      ),
  });
