import { createBrowserRouter, Outlet } from 'react-router';
import { accountRoutes } from './pages/account/routes.ts';
import { adminRoutes } from './pages/admin/routes.ts';
import { builderRoutes } from './pages/builder/routes.ts';
import { buyerRoutes } from './pages/buyer/routes.ts';
import { SignedIn } from './session/signed-in.tsx';
import { NotFound } from './shell/not-found.tsx';
import { PageCrash } from './shell/page-crash.tsx';
import { Shell } from './shell/shell.tsx';

/** Every address of the app. Each area lists its own pages, and each page is loaded when it is first opened. */
export const router = createBrowserRouter([
  {
    Component: Shell,
    HydrateFallback: () => null,
    children: [
      {
        Component: Outlet,
        ErrorBoundary: PageCrash,
        children: [
          { index: true, lazy: async () => ({ Component: (await import('./pages/home/home.tsx')).Home }) },
          {
            path: 'app',
            lazy: () => import('./shell/with-overlays.tsx'),
            children: [
              { path: 'sign-in', lazy: () => import('./session/sign-in.tsx') },
              { path: 'sign-up', lazy: () => import('./session/sign-up.tsx') },
              {
                Component: SignedIn,
                children: [...buyerRoutes, ...builderRoutes, ...accountRoutes, ...adminRoutes],
              },
            ],
          },
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
]);
