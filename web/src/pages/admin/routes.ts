import type { RouteObject } from 'react-router';

/** The pages of the market's operator, below /app. */
export const adminRoutes: RouteObject[] = [];
