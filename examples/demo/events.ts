import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from './api.ts';
import { Failure } from './failure.ts';
import { framesOf } from './frames.ts';
import type { Happened } from './views.ts';

const RETRY_MS = 300;
const MOST_RETRIES = 5;
const POLL_S = 20;

/**
 * What happens to a task, from its beginning on, each thing once and as it happens. A connection that breaks is opened again
 * where it ended.
 */
export async function* follow(api: Api, taskId: string): AsyncGenerator<Happened> {
  let lastId: string | null = null;
  for (let failures = 0; ; failures++) {
    try {
      for await (const { id, data } of framesOf(await api.stream(`/tasks/${taskId}/events`, lastId))) {
        lastId = id ?? lastId;
        failures = 0;
        if (data !== null) yield JSON.parse(data) as Happened;
      }
    } catch (error) {
      if (api.signal.aborted || failures >= MOST_RETRIES) throw error;
    }
    await sleep(RETRY_MS, undefined, { signal: api.signal });
  }
}

/**
 * Waits until something happens to what is the caller's, now or before; asks with long polls.
 *
 * @param meant tells what is waited for
 * @throws Failure after `withinMs`
 */
export async function eventually(
  api: Api,
  what: string,
  withinMs: number,
  meant: (event: Happened) => boolean,
): Promise<Happened> {
  const until = performance.now() + withinMs;
  let after: string | null = null;
  while (performance.now() < until) {
    const waitS = Math.max(0, Math.min(POLL_S, Math.ceil((until - performance.now()) / 1_000)));
    const page: { items: Happened[]; next: string | null } = await api.page<Happened>(
      `/events?wait=${waitS}&limit=100${after === null ? '' : `&after=${encodeURIComponent(after)}`}`,
    );
    const found = page.items.find(meant);
    if (found) return found;
    after = page.next ?? after;
  }
  throw new Failure(`${what} did not happen within ${Math.round(withinMs / 1_000)} s.`);
}
