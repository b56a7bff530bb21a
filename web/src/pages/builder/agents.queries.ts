import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, dataOf, pageOf, type Shape } from '../../api/client.ts';
import { BY_CURSOR } from '../../ui/pages-of.tsx';

export type Agent = Shape<'Agent'>;
export type Run = Shape<'BenchmarkRun'>;
export type RunSummary = Shape<'BenchmarkRunSummary'>;
export type RunCase = Shape<'BenchmarkCase'>;

const byPage = (cursor: string | null) => ({ limit: 20, ...(cursor ? { cursor } : {}) });

export const myAgentsQuery = infiniteQueryOptions({
  ...BY_CURSOR,
  queryKey: ['agents', 'mine'],
  queryFn: ({ pageParam, signal }) => pageOf(api.GET('/agents/mine', { params: { query: byPage(pageParam) }, signal })),
});

/** No event tells of a probe that changed nothing but its reason, so what waits for its first good one is looked at again. */
const LOOK_AGAIN_MS = 5_000;
/** As often as healthy agents are probed, or so. */
const PROBES_MS = 30_000;
const WAITS_FOR_PROBES = new Set<string>(['ENDPOINT_UNVERIFIED', 'NOT_PROBED']);

export const agentQuery = (id: string) =>
  queryOptions({
    queryKey: ['agents', id],
    queryFn: ({ signal }) => dataOf(api.GET('/agents/mine/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) =>
      state.data?.blockers.some(({ code }) => WAITS_FOR_PROBES.has(code)) ? LOOK_AGAIN_MS : false,
  });

export const healthQuery = (id: string) =>
  queryOptions({
    queryKey: ['agents', id, 'health'],
    queryFn: ({ signal }) => dataOf(api.GET('/agents/{id}/health', { params: { path: { id } }, signal })),
    refetchInterval: PROBES_MS,
  });

/** The newest run; null where none has been. */
export const benchmarkQuery = (id: string) =>
  queryOptions({
    queryKey: ['agents', id, 'benchmark', 'newest'],
    queryFn: async ({ signal }): Promise<Run | null> => {
      const { items } = await pageOf(
        api.GET('/agents/{id}/benchmark/runs', { params: { path: { id }, query: { limit: 1 } }, signal }),
      );
      return items[0] ? dataOf(api.GET('/agents/{id}/benchmark', { params: { path: { id } }, signal })) : null;
    },
  });

export const runsQuery = (id: string) =>
  infiniteQueryOptions({
    ...BY_CURSOR,
    queryKey: ['agents', id, 'benchmark', 'runs'],
    queryFn: ({ pageParam, signal }) =>
      pageOf(api.GET('/agents/{id}/benchmark/runs', { params: { path: { id }, query: byPage(pageParam) }, signal })),
  });

export const runQuery = (id: string, run: string) =>
  queryOptions({
    queryKey: ['agents', id, 'benchmark', run],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/agents/{id}/benchmark/runs/{run}', { params: { path: { id, run } }, signal })),
  });
