import type { RouteObject } from 'react-router';

/** The buyer's pages, below /app. */
export const buyerRoutes: RouteObject[] = [
  { index: true, lazy: () => import('./tasks-page.tsx') },
  { path: 'tasks', lazy: () => import('./tasks-page.tsx') },
  {
    path: 'tasks/:id',
    lazy: () => import('./task/task-page.tsx'),
    children: [
      { index: true, lazy: () => import('./task/contest-tab.tsx') },
      { path: 'gallery', lazy: () => import('./task/gallery-tab.tsx') },
      { path: 'compare', lazy: () => import('./task/compare-tab.tsx') },
      { path: 'delivery', lazy: () => import('./task/delivery-tab.tsx') },
      { path: 'triage', lazy: () => import('./task/triage-tab.tsx') },
      { path: 'brief', lazy: () => import('./task/brief-tab.tsx') },
    ],
  },
  { path: 'tasks/new', lazy: () => import('./new-task/new-task-page.tsx') },
];
