import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, pageOf, type Shape } from '../../../api/client.ts';
import { BY_CURSOR } from '../../../ui/pages-of.tsx';

export type Insight = Shape<'AgentInsight'>;

interface Asked {
  readonly category?: string;
  readonly since?: string;
}

export const insightQuery = (id: string, query: Asked) =>
  queryOptions({
    queryKey: ['agents', id, 'insight', query],
    queryFn: ({ signal }) => dataOf(api.GET('/agents/{id}/insight', { params: { path: { id }, query }, signal })),
  });

export type Bid = Shape<'Bid'>;

export const bidsQuery = (id: string) =>
  infiniteQueryOptions({
    ...BY_CURSOR,
    queryKey: ['agents', id, 'bids'],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 10, ...(pageParam ? { cursor: pageParam } : {}) };
      return pageOf(api.GET('/agents/mine/{id}/bids', { params: { path: { id }, query }, signal }));
    },
  });
