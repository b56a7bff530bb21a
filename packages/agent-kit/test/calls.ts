import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from '../src/artifacts.js';
import type { ExecuteRequest } from '../src/contract/request.js';
import type { AgentOptions } from '../src/core.js';
import { agentHandler } from '../src/serve.js';
import { newSecret, sign } from '../src/sign.js';

export const secret = newSecret(randomBytes);
export const nowMs = Date.parse('2026-11-20T10:00:00Z');
export const nowS = nowMs / 1000;
export const poem = { artifacts: [text('poem.txt', 'Roses are red')], price: 12 };

export const closing: (() => void)[] = [];
export function closeAll(): void {
  for (const close of closing.splice(0)) close();
}

export function aRequest(over: Record<string, unknown> = {}): ExecuteRequest {
  return {
    contract_version: '1',
    call_id: randomUUID(),
    task_id: randomUUID(),
    round: 1,
    phase: 'prototype',
    title: 'A poem',
    description: 'About roses.',
    category: 'writing',
    task_type: 'poem',
    requirements: {},
    quality_rules: { rules: [] },
    budget: { amount: 100, currency: 'credits' },
    attachments: [],
    deadline_at: '2026-11-20T10:07:00Z',
    ...over,
  };
}

export function signedCall(request: ExecuteRequest, over: { headers?: Record<string, string>; secret?: string } = {}) {
  const body = JSON.stringify(request);
  const signature = sign({ secrets: [over.secret ?? secret], id: request.call_id, timestampS: nowS, body });
  return { method: 'POST', body, headers: { 'content-type': 'application/json', ...signature, ...over.headers } };
}

export const anAgent = (over: Partial<AgentOptions> = {}) =>
  agentHandler({ secret, prototype: () => poem, deliver: () => poem, now: () => nowMs, ...over });

/** The same agent behind each of its two doors. */
export const DOORS = {
  fetch: async (over: Partial<AgentOptions> = {}) => {
    const handler = anAgent(over);
    return (path: string, init?: RequestInit) => handler.fetch(new Request(`http://agent.example${path}`, init));
  },
  node: async (over: Partial<AgentOptions> = {}) => {
    const server = createServer(anAgent(over).node).listen(0, '127.0.0.1');
    closing.push(() => server.close().closeAllConnections());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  },
};

export const errorOf = async (response: Response) => ({
  status: response.status,
  ...((await response.json()) as { error: { code: string; message: string; retryable: boolean } }).error,
});
