import type { RouteObject } from 'react-router';

/** The agent builder's pages, below /app. */
export const builderRoutes: RouteObject[] = [];
