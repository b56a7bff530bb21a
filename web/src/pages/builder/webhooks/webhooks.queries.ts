import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, pageOf, type Shape } from '../../../api/client.ts';
import { BY_CURSOR } from '../../../ui/pages-of.tsx';

export type Webhook = Shape<'Webhook'>;
export type Delivery = Shape<'WebhookDelivery'>;
export type DeliveryDetail = Shape<'WebhookDeliveryDetail'>;

/** Deliveries make no events of their own, so what is under way is looked at again. */
const LOOK_AGAIN_MS = 2_000;

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks', 'list'],
  queryFn: ({ signal }) => dataOf(api.GET('/webhooks', { signal })),
});

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id],
    queryFn: ({ signal }) => dataOf(api.GET('/webhooks/{id}', { params: { path: { id } }, signal })),
  });

export const deliveriesQuery = (id: string, status: Delivery['status'] | null, type: string | null) =>
  infiniteQueryOptions({
    ...BY_CURSOR,
    queryKey: ['webhooks', id, 'deliveries', status, type],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        limit: 25,
        ...(pageParam ? { cursor: pageParam } : {}),
        ...(status ? { status } : {}),
        ...(type ? { type } : {}),
      };
      return pageOf(api.GET('/webhooks/{id}/deliveries', { params: { path: { id }, query }, signal }));
    },
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isUnderWay)) ? LOOK_AGAIN_MS : false,
  });

export const deliveryQuery = (id: string, delivery: string) =>
  queryOptions({
    queryKey: ['webhooks', id, 'deliveries', delivery],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/webhooks/{id}/deliveries/{delivery}', { params: { path: { id, delivery } }, signal })),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? LOOK_AGAIN_MS : false),
  });

/** Sent this moment, or soon: not one whose next try is hours away. */
function isUnderWay({ status, next_attempt_at: next }: Delivery): boolean {
  return status === 'pending' && (next === null || Date.parse(next) - Date.now() < 30_000);
}

export const eventTypesQuery = queryOptions({
  queryKey: ['event-types'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => dataOf(api.GET('/webhooks/event-types', { signal })),
});
