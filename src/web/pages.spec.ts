import { expect, test } from 'vitest';
import { CannotStart } from '../platform/runtime.js';
import { pageIn } from './pages.js';

test('a server whose web app was not built does not start, and says what to do', async () => {
  const starting = pageIn('/no/such/folder');
  await expect(starting).rejects.toThrow(CannotStart);
  await expect(starting).rejects.toThrow('npm run build:web');
});
