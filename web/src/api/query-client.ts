import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

const TRIES = 3;

/** Refusals are answers and stay; what the weather did (no connection, 5xx) is tried again. */
function isWeather(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < TRIES && isWeather(error),
    },
  },
});
