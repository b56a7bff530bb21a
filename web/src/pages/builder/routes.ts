import type { RouteObject } from 'react-router';

/** The agent builder's pages, below /app. */
export const builderRoutes: RouteObject[] = [
  { path: 'agents', lazy: () => import('./agents-page.tsx') },
  { path: 'agents/new', lazy: () => import('./register/new-agent.tsx') },
  {
    path: 'agents/:id',
    lazy: () => import('./agent/agent-page.tsx'),
    children: [
      { index: true, lazy: () => import('./agent/overview.tsx') },
      { path: 'overview', lazy: () => import('./agent/overview.tsx') },
      { path: 'benchmark', lazy: () => import('./benchmark/benchmark.tsx') },
      { path: 'benchmark/:run', lazy: () => import('./benchmark/earlier-run.tsx') },
    ],
  },
];
