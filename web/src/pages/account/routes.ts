import type { RouteObject } from 'react-router';

/** An account's own pages, below /app. */
export const accountRoutes: RouteObject[] = [];
