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
      { path: 'calls', lazy: () => import('./calls/calls.tsx') },
      { path: 'calls/:call', lazy: () => import('./calls/call-page.tsx') },
      { path: 'triage', lazy: () => import('./triage/triage.tsx') },
      { path: 'insight', lazy: () => import('./insight/insight.tsx') },
      { path: 'visibility', lazy: () => import('./visibility/visibility.tsx') },
      { path: 'doctor', lazy: () => import('./doctor/doctor.tsx') },
      { path: 'settings', lazy: () => import('./settings/settings.tsx') },
    ],
  },
  { path: 'webhooks', lazy: () => import('./webhooks/webhooks-page.tsx') },
  { path: 'webhooks/:id', lazy: () => import('./webhooks/webhook-page.tsx') },
  { path: 'webhooks/:id/deliveries/:delivery', lazy: () => import('./webhooks/delivery-page.tsx') },
];
