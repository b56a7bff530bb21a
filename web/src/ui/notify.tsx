import { notifications } from '@mantine/notifications';
import { ApiError } from '../api/client.ts';

export function told(message: string): void {
  notifications.show({ message, color: 'teal' });
}

/** For a mutation's `onError`: what the server said and what to do. */
export function toldError(error: Error): void {
  const message = error instanceof ApiError ? `${error.message} ${error.suggestion}` : error.message;
  notifications.show({ title: 'That did not work', message, color: 'red', autoClose: 10_000 });
}
