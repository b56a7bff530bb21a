import type { RouteObject } from 'react-router';

/** The buyer's pages, below /app. */
export const buyerRoutes: RouteObject[] = [
  { index: true, lazy: () => import('./tasks-page.tsx') },
  { path: 'tasks', lazy: () => import('./tasks-page.tsx') },
];
