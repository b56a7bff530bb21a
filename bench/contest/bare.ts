// The least that could call eight agents at once: undici, p-limit, a signature, and nothing kept.
import { randomBytes, randomUUID } from 'node:crypto';
import { newSecret, parseAnswer, sign } from '@bakeoff/agent-kit';
import pLimit from 'p-limit';
import { Agent, request } from 'undici';

const secret = newSecret(randomBytes);
const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
const limit = pLimit(256);

/** Calls every endpoint at the same time and waits for the last answer. @returns ms */
export async function bareContest(endpoints: readonly string[], body: string): Promise<number> {
  const startedAt = performance.now();
  await Promise.all(endpoints.map((url) => limit(() => callOnce(url, body))));
  return performance.now() - startedAt;
}

async function callOnce(url: string, body: string): Promise<void> {
  const id = randomUUID();
  const signature = sign({ secrets: [secret], id, timestampS: Math.floor(Date.now() / 1_000), body });
  const answer = await request(url, {
    method: 'POST',
    headers: { ...signature, 'content-type': 'application/json' },
    body,
    dispatcher,
    signal: AbortSignal.timeout(10_000),
  });
  const parsed = parseAnswer(new Uint8Array(await answer.body.arrayBuffer()));
  if (!parsed.ok) throw new Error(parsed.problem);
}

export async function closeBare(): Promise<void> {
  await dispatcher.close();
}
