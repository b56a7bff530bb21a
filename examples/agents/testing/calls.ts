import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ExecuteRequest, type ParsedAnswer, parseAnswer, sign } from '@bakeoff/agent-kit';
import { SECRET } from './processes.ts';

/** A file as a fixture holds it. */
export interface FileText {
  name: string;
  media_type: string;
  content: string;
}

export interface Files {
  /** The attachments as they stand in a request. */
  of: (files: readonly FileText[]) => ExecuteRequest['attachments'];
  close: () => void;
}

/** Serves attachments on loopback. */
export async function serveFiles(): Promise<Files> {
  const contents = new Map<string, FileText>();
  const server = createServer((request, response) => {
    const file = contents.get(request.url ?? '');
    response.writeHead(file ? 200 : 404, { 'content-type': file?.media_type ?? 'text/plain' }).end(file?.content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    of: (files) =>
      files.map((file) => {
        const path = `/${randomUUID()}`;
        contents.set(path, file);
        const { name, media_type, content } = file;
        return { name, media_type, url: `http://127.0.0.1:${port}${path}`, size: Buffer.byteLength(content) };
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export function aRequest(changes: Partial<ExecuteRequest> = {}): ExecuteRequest {
  return {
    contract_version: '1',
    call_id: randomUUID(),
    task_id: randomUUID(),
    round: 1,
    phase: 'prototype',
    title: 'A task',
    description: 'What is to be done.',
    category: 'data',
    task_type: 'csv-cleaning',
    requirements: {},
    quality_rules: { rules: [] },
    budget: { amount: 100, currency: 'credits' },
    attachments: [],
    deadline_at: new Date(Date.now() + 60_000).toISOString(),
    ...changes,
  };
}

/** Sends a signed call, as Bakeoff does. */
export function send(url: string, request: ExecuteRequest, secret = SECRET): Promise<Response> {
  const body = JSON.stringify(request);
  const timestampS = Math.floor(Date.now() / 1000);
  const headers = {
    'content-type': 'application/json',
    ...sign({ secrets: [secret], id: request.call_id, timestampS, body }),
  };
  return fetch(url, { method: 'POST', headers, body, redirect: 'manual' });
}

/** Sends a call and reads the answer as Bakeoff does; anything but a good 200 throws. */
export async function call(url: string, request: ExecuteRequest): Promise<Extract<ParsedAnswer, { ok: true }>> {
  const response = await send(url, request);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${response.status} ${new TextDecoder().decode(bytes).slice(0, 500)}`);
  const parsed = parseAnswer(bytes);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed;
}
