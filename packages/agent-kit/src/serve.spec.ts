import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { aRequest, closeAll, DOORS, errorOf, nowMs, nowS, poem, secret, signedCall } from '../test/calls.js';
import { text } from './artifacts.js';
import { answerChallenge } from './challenge.js';
import type { ExecuteRequest } from './contract/request.js';
import type { AgentOptions, Work } from './core.js';
import { AgentError, Decline } from './errors.js';
import { newSecret, sign } from './sign.js';

afterEach(closeAll);

describe.each(['fetch', 'node'] as const)('an agent behind %s', (door) => {
  const open = DOORS[door];

  test('answers a signed call by its phase', async () => {
    const seen: string[] = [];
    const work =
      (name: string): Work =>
      (request) => {
        seen.push(`${name} ${request.title}`);
        return poem;
      };
    const call = await open({ prototype: work('prototype'), deliver: work('deliver') });
    const response = await call('/agents/poet/execute', signedCall(aRequest()));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual(poem);

    const prototype = { summary: '', message: '', artifacts: poem.artifacts, price: 12 };
    await call('/execute?x=1', signedCall(aRequest({ phase: 'delivery', prototype })));
    expect(seen).toEqual(['prototype A poem', 'deliver A poem']);
  });

  test('says how it is, unsigned', async () => {
    const call = await open({ health: () => ({ agent: 'poet', version: '1.2.0' }) });
    expect(await (await call('/agents/poet/health')).json()).toEqual({ status: 'ok', agent: 'poet', version: '1.2.0' });
    expect(await (await (await open())('/health')).json()).toEqual({ status: 'ok' });
    const onError = vi.fn();
    const ill = await open({ onError, health: () => Promise.reject(new Error('no disk')) });
    expect(await errorOf(await ill('/health'))).toMatchObject({ status: 503, code: 'unhealthy', retryable: true });
    expect(onError).toHaveBeenCalledOnce();
  });

  test('proves to Bakeoff that it holds the secret, and to nobody else', async () => {
    const call = await open();
    const challenge = randomUUID();
    const ask = async (headers: Record<string, string>) =>
      ((await (await call('/health', { headers })).json()) as { challenge?: string }).challenge;
    const signed = (id: string, by = secret, at = nowS) => sign({ secrets: [by], id, timestampS: at, body: '' });

    const proof = await ask({ 'bakeoff-challenge': challenge, ...signed(challenge) });
    expect(proof).toBe(answerChallenge(secret, challenge));
    expect(await ask(signed(challenge))).toBeUndefined();
    expect(await ask({ 'bakeoff-challenge': challenge })).toBeUndefined();
    expect(await ask({ 'bakeoff-challenge': 'another', ...signed(challenge) })).toBeUndefined();
    expect(await ask({ 'bakeoff-challenge': challenge, ...signed(challenge, secret, nowS - 301) })).toBeUndefined();
    const foreign = newSecret(randomBytes);
    expect(await ask({ 'bakeoff-challenge': challenge, ...signed(challenge, foreign) })).toBeUndefined();
  });

  test('works for nobody who did not sign these bytes just now', async () => {
    const prototype = vi.fn(() => poem);
    const call = await open({ prototype });
    const good = signedCall(aRequest());
    const expectRefused = async (init: RequestInit, code: string) =>
      expect(await errorOf(await call('/execute', init))).toMatchObject({ status: 401, code, retryable: false });

    await expectRefused({ ...good, headers: { 'content-type': 'application/json' } }, 'missing_header');
    await expectRefused({ ...good, body: `${good.body} ` }, 'bad_signature');
    await expectRefused(signedCall(aRequest(), { secret: newSecret(randomBytes) }), 'bad_signature');
    await expectRefused(signedCall(aRequest(), { headers: { 'webhook-id': randomUUID() } }), 'bad_signature');
    await expectRefused(signedCall(aRequest(), { headers: { 'webhook-timestamp': String(nowS - 301) } }), 'stale');
    expect(prototype).not.toHaveBeenCalled();
  });

  test('accepts either secret while they are rotated', async () => {
    const next = newSecret(randomBytes);
    const handler = await open({ secrets: [next, secret] } as Partial<AgentOptions>);
    expect((await handler('/execute', signedCall(aRequest()))).status).toBe(200);
    expect((await handler('/execute', signedCall(aRequest(), { secret: next }))).status).toBe(200);
  });

  test('refuses what is no call, each with its own status', async () => {
    const call = await open({ maxBodyBytes: 2_000 });
    const refusal = async (path: string, init?: RequestInit) => {
      const { status, code } = await errorOf(await call(path, init));
      return `${status} ${code}`;
    };
    const good = signedCall(aRequest());
    expect(await refusal('/')).toBe('404 not_found');
    expect(await refusal('/execute')).toBe('405 method_not_allowed');
    expect(await refusal('/health', { method: 'POST' })).toBe('405 method_not_allowed');
    expect((await call('/execute')).headers.get('allow')).toBe('POST');
    const typed = (type: string) => ({ ...good, headers: { ...good.headers, 'content-type': type } });
    expect(await refusal('/execute', typed('text/plain'))).toBe('415 unsupported_media_type');
    expect((await call('/execute', typed('Application/JSON; charset=utf-8'))).status).toBe(200);
    const zipped = { ...good, headers: { ...good.headers, 'content-encoding': 'gzip' } };
    expect(await refusal('/execute', zipped)).toBe('415 unsupported_encoding');
    expect(await refusal('/execute', signedCall(aRequest({ title: 'x'.repeat(2_000) })))).toBe('413 body_too_large');
  });

  test('bounds a body that does not announce its size', async () => {
    const call = await open({ maxBodyBytes: 100_000 });
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => (sent++ < 20 ? controller.enqueue(new Uint8Array(10_000)) : controller.close()),
    });
    let sent = 0;
    const init = { ...signedCall(aRequest()), body: endless, duplex: 'half' } as RequestInit;
    expect(await errorOf(await call('/execute', init))).toMatchObject({ status: 413, code: 'body_too_large' });
  });

  test('explains a signed body that does not follow the contract', async () => {
    const call = await open();
    const refusal = async (over: Record<string, unknown>) => {
      const { status, code, message } = await errorOf(await call('/execute', signedCall(aRequest(over))));
      return `${status} ${code} ${message}`;
    };
    expect(await refusal({ budget: { amount: 'much', currency: 'credits' } })).toContain(
      '400 bad_request budget.amount:',
    );
    expect(await refusal({ title: undefined })).toBe('400 bad_request title: is missing');
    expect(await refusal({ deadline_at: 'soon' })).toContain('400 bad_request deadline_at:');
    expect(await refusal({ contract_version: '2' })).toContain('400 unsupported_version');
    const sent = aRequest();
    const body = '{"a":';
    const signature = sign({ secrets: [secret], id: sent.call_id, timestampS: nowS, body });
    const broken = { method: 'POST', body, headers: { 'content-type': 'application/json', ...signature } };
    expect(await errorOf(await call('/execute', broken))).toMatchObject({ status: 400, code: 'bad_json' });
    const stolen = sign({ secrets: [secret], id: randomUUID(), timestampS: nowS, body: JSON.stringify(sent) });
    const mismatch = { ...signedCall(sent), headers: { 'content-type': 'application/json', ...stolen } };
    expect(await errorOf(await call('/execute', mismatch))).toMatchObject({ status: 400, code: 'wrong_call_id' });
  });

  test('outlives what a later contract adds', async () => {
    const prototype = vi.fn((request: ExecuteRequest) => ({ artifacts: [text('a', JSON.stringify(request))] }));
    const call = await open({ prototype });
    const words = { kind: 'words', max: 100 };
    const newer = aRequest({
      contract_version: '1.4',
      mood: 'good',
      quality_rules: { rules: [words, { kind: 'smell', of: 'roses' }], strictness: 3 },
      budget: { amount: 100, currency: 'credits', ceiling: 7 },
    });
    expect((await call('/execute', signedCall(newer))).status).toBe(200);
    expect(prototype.mock.calls[0]?.[0]).toMatchObject({ quality_rules: { rules: [words] }, budget: { amount: 100 } });
  });

  test('says no politely, and fails in its own words', async () => {
    const no = await open({ prototype: () => Promise.reject(new Decline('only sonnets')) });
    const declined = await no('/execute', signedCall(aRequest()));
    expect(declined.status).toBe(200);
    expect(await declined.json()).toEqual({ declined: { reason: 'only sonnets' } });

    const curt = await open({ deliver: () => Promise.reject(new Decline('')) });
    const shrug = await curt('/execute', signedCall(aRequest({ phase: 'delivery' })));
    expect(await shrug.json()).toEqual({ declined: { reason: 'No reason given.' } });

    const busy = await open({
      prototype: () => {
        throw new AgentError('overloaded', 'Ten others are before you.', { status: 503, retryAfterS: 1.5 });
      },
    });
    const response = await busy('/execute', signedCall(aRequest()));
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await errorOf(response)).toEqual({
      status: 503,
      code: 'overloaded',
      message: 'Ten others are before you.',
      retryable: true,
    });
  });

  test('a bug of its own is a retryable 500 that tells no secrets, and is told to its own log', async () => {
    const onError = vi.fn();
    const call = await open({
      onError,
      prototype: () => Promise.reject(new Error('password=hunter2 at /srv/agent.ts')),
    });
    const sent = aRequest();
    const error = await errorOf(await call('/execute', signedCall(sent)));
    expect(error).toEqual({ status: 500, code: 'internal_error', message: 'The agent failed.', retryable: true });
    expect(onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: expect.stringContaining('hunter2') }),
      sent.call_id,
    );
  });

  test('does not send an answer that the contract refuses', async () => {
    const onError = vi.fn();
    const call = await open({ onError, prototype: () => ({ artifacts: [text('../poem.txt', '')] }) });
    const error = await errorOf(await call('/execute', signedCall(aRequest())));
    expect(error).toMatchObject({ status: 500, code: 'bad_answer', retryable: false });
    expect(error.message).toContain('artifacts[0].name: must be a file name');
    expect(onError).toHaveBeenCalledOnce();
  });

  test('works once for a call that is repeated, meanwhile and afterwards', async () => {
    let finish = () => {};
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const prototype = vi.fn(async () => {
      await gate;
      return { artifacts: [text('n.txt', String(prototype.mock.calls.length))] };
    });
    const call = await open({ prototype });
    const sent = signedCall(aRequest());
    const both = [call('/execute', sent), call('/execute', sent)];
    await vi.waitFor(() => expect(prototype).toHaveBeenCalled(), { timeout: 20_000 });
    finish();
    const answers = await Promise.all((await Promise.all(both)).map((response) => response.text()));
    answers.push(await (await call('/execute', sent)).text());
    expect(new Set(answers).size).toBe(1);
    expect(prototype).toHaveBeenCalledOnce();
    await call('/execute', signedCall(aRequest()));
    expect(prototype).toHaveBeenCalledTimes(2);
  });

  test('works again for a call that failed', async () => {
    const prototype = vi
      .fn(() => poem)
      .mockImplementationOnce(() => {
        throw new Error('once');
      });
    const call = await open({ prototype, onError: () => {} });
    const sent = signedCall(aRequest());
    expect((await call('/execute', sent)).status).toBe(500);
    expect((await call('/execute', sent)).status).toBe(200);
  });

  test('tells the work how long it has, and stops waiting for it at the deadline', async () => {
    let signal: AbortSignal | undefined;
    let remaining = 0;
    const prototype: Work = (_, context) => {
      signal = context.signal;
      remaining = context.remainingMs();
      return new Promise(() => {});
    };
    const call = await open({ prototype });
    const late = await call('/execute', signedCall(aRequest({ deadline_at: '2026-11-20T10:00:00.050Z' })));
    expect(await errorOf(late)).toMatchObject({ status: 504, code: 'deadline_passed', retryable: false });
    expect(signal?.aborted).toBe(true);
    expect(remaining).toBe(50);
  });

  test('counts the deadline by the clock of who signed, not by its own', async () => {
    let remaining = 0;
    const prototype: Work = (_, context) => {
      remaining = context.remainingMs();
      return poem;
    };
    const call = await open({ prototype, now: () => nowMs + 200_000 });
    expect((await call('/execute', signedCall(aRequest({ deadline_at: '2026-11-20T10:01:00Z' })))).status).toBe(200);
    expect(remaining).toBe(60_000);
  });
});
