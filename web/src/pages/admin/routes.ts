import type { RouteObject } from 'react-router';

/** The pages of the market's operator, below /app. */
export const adminRoutes: RouteObject[] = [
  {
    path: 'admin',
    lazy: () => import('./admin-only.tsx'),
    children: [
      { index: true, lazy: () => import('./overview-page.tsx') },
      { path: 'reviews', lazy: () => import('./reviews-page.tsx') },
      { path: 'triage', lazy: () => import('./triage-page.tsx') },
      { path: 'judging', lazy: () => import('./judging-page.tsx') },
      { path: 'ledger', lazy: () => import('./ledger-page.tsx') },
      { path: 'queues', lazy: () => import('./queues-page.tsx') },
      { path: 'settings', lazy: () => import('./settings-page.tsx') },
    ],
  },
];
