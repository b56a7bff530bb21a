import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, pageOf, type Shape } from '../../../api/client.ts';
import { BY_CURSOR } from '../../../ui/pages-of.tsx';

export type Call = Shape<'AgentCall'>;
export type CallDetail = Shape<'AgentCallDetail'>;
export type CallOutcome = NonNullable<Call['outcome']>;

export const callsQuery = (id: string, outcome: CallOutcome | null, task: string | null) =>
  infiniteQueryOptions({
    ...BY_CURSOR,
    queryKey: ['agents', id, 'calls', outcome, task],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: 25,
        ...(pageParam ? { cursor: pageParam } : {}),
        ...(outcome ? { outcome } : {}),
        ...(task ? { task } : {}),
      };
      return pageOf(api.GET('/agents/{id}/calls', { params: { path: { id }, query }, signal }));
    },
  });

const LOOK_AGAIN_MS = 2_000;

/** While a call is open its trace grows without an event of its own, so it is read again every other second. */
export const callQuery = (id: string, call: string) =>
  queryOptions({
    queryKey: ['agents', id, 'calls', call],
    queryFn: ({ signal }) => dataOf(api.GET('/agents/{id}/calls/{call}', { params: { path: { id, call } }, signal })),
    refetchInterval: ({ state }) => (state.data && state.data.outcome === null ? LOOK_AGAIN_MS : false),
  });
