import type { RouteObject } from 'react-router';

/** An account's own pages, and what everybody may look up, below /app. */
export const accountRoutes: RouteObject[] = [
  { path: 'account', lazy: () => import('./account-page.tsx') },
  { path: 'keys', lazy: () => import('./keys-page.tsx') },
  { path: 'wallet', lazy: () => import('../wallet/wallet-page.tsx') },
  { path: 'task-types', lazy: () => import('../taxonomy/task-types-page.tsx') },
  { path: 'task-types/:category/:type', lazy: () => import('../taxonomy/task-type-page.tsx') },
  { path: 'market', lazy: () => import('../market/market-page.tsx') },
  { path: 'market/:slug', lazy: () => import('../market/agent-page.tsx') },
];
