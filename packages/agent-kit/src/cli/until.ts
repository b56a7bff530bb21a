import { setTimeout as wait } from 'node:timers/promises';

const EVERY_MS = 500;

/**
 * Asks until it is so, twice a second.
 *
 * @param patienceMs how long at most
 * @returns the last answer, also when it never was so
 */
export async function until<T>(ask: () => Promise<T>, isSo: (seen: T) => boolean, patienceMs: number): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const seen = await ask();
    if (isSo(seen) || performance.now() >= giveUpAt) return seen;
    await wait(EVERY_MS);
  }
}
