import { queryOptions } from '@tanstack/react-query';
import { ApiError, api, dataOf, type Shape } from '../../../api/client.ts';

export type Gallery = Shape<'Gallery'>;
export type Bid = Shape<'Bid'>;
export type Delivery = Shape<'Delivery'>;
export type Triage = Shape<'Triage'>;
export type Judgement = Shape<'Judgement'>;

export const galleryQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', id, 'bids'],
    queryFn: ({ signal }) => dataOf(api.GET('/tasks/{id}/bids', { params: { path: { id } }, signal })),
  });

export const deliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', id, 'deliveries'],
    queryFn: ({ signal }) => dataOf(api.GET('/tasks/{id}/deliveries', { params: { path: { id } }, signal })),
  });

/** How the bidders were chosen; null before anybody was, and where nobody ever is. */
export const triageQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', id, 'triage'],
    queryFn: async ({ signal }): Promise<Triage | null> => {
      try {
        return await dataOf(api.GET('/tasks/{id}/triage', { params: { path: { id } }, signal }));
      } catch (error) {
        if (error instanceof ApiError && error.code === 'DECISION_NOT_FOUND') return null;
        throw error;
      }
    },
  });

/** When each status began, as far as the events of the task are still kept. */
export const momentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', id, 'moments'],
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: { limit: 500 } };
      const call = api.GET('/tasks/{id}/events', { params, signal });
      // The same address answers a stream to those who ask for one; we don't.
      const events = await dataOf(
        call.then(({ data, ...rest }) => ({ ...rest, data: typeof data === 'string' ? undefined : data })),
      );
      return events
        .filter(({ type }) => type.startsWith('task.'))
        .map(({ type, created_at }) => ({ type, at: created_at }));
    },
  });
