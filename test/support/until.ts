import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How long a test waits for what a quiet machine does in a second or two, in ms. Nothing is measured by it: it is there for what
 * never comes, and a machine that is busy with all the other tests gets as long as it needs. The limit of a whole test lies above
 * it (vitest.config.ts), so that what was waited for is named.
 */
export const PATIENCE_MS = 90_000;

/** The first answer that fits; asks again until one does. */
export async function until<T>(ask: () => Promise<T>, fits: (value: T) => boolean = Boolean): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const value = await ask();
    if (fits(value)) return value;
    if (performance.now() > end) throw new Error(`That never came true; the last was ${JSON.stringify(value)}.`);
    await sleep(20);
  }
}
