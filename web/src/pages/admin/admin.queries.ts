import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, pageOf, type Shape } from '../../api/client.ts';
import { BY_CURSOR } from '../../ui/pages-of.tsx';

export type Overview = Shape<'Overview'>;
export type Day = Overview['days'][number];
export type Review = Shape<'AdminVisibilityRequest'>;
export type ReviewStatus = Review['status'];
export type Calibration = Shape<'Calibration'>;
export type Audit = Shape<'LedgerAudit'>;
export type Setting = Shape<'Setting'>;
export type Rerun = Shape<'TriageRerun'>;

const QUEUES_EVERY_MS = 5_000;

export const overviewQuery = (days: number) =>
  queryOptions({
    queryKey: ['admin', 'overview', days],
    refetchInterval: 60_000,
    queryFn: ({ signal }) => dataOf(api.GET('/admin/overview', { params: { query: { days } }, signal })),
  });

export const reviewsQuery = (status: ReviewStatus) =>
  infiniteQueryOptions({
    ...BY_CURSOR,
    queryKey: ['admin', 'reviews', status],
    queryFn: ({ pageParam, signal }) =>
      pageOf(
        api.GET('/admin/visibility', {
          params: { query: { status, limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
  });

export const agentHistoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['admin', 'history', id],
    queryFn: ({ signal }) => dataOf(api.GET('/admin/agents/{id}/visibility', { params: { path: { id } }, signal })),
  });

export const calibrationQuery = (window_days: number) =>
  queryOptions({
    queryKey: ['admin', 'calibration', window_days],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/admin/judging/calibration', { params: { query: { window_days } }, signal })),
  });

export const queuesQuery = queryOptions({
  queryKey: ['admin', 'queues'],
  refetchInterval: QUEUES_EVERY_MS,
  queryFn: ({ signal }) => dataOf(api.GET('/admin/queues', { signal })),
});

export const settingsQuery = queryOptions({
  queryKey: ['admin', 'settings'],
  queryFn: ({ signal }) => dataOf(api.GET('/admin/settings', { signal })),
});
