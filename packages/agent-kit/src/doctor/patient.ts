import { randomBytes, randomUUID } from 'node:crypto';
import type { CallbackServer, OpenCallback } from '../caller/callbacks.js';
import { Caller, type CallOptions, type Endpoint } from '../caller/caller.js';
import type { Came, Transport } from '../caller/exchange.js';
import type { FileServer, ServedFile } from '../caller/files.js';
import { callLater } from '../caller/later.js';
import { seenOf } from '../caller/seen.js';
import { CONTRACT_VERSION } from '../contract/limits.js';
import type { ExecuteRequest } from '../contract/request.js';
import type { ReceivedAnswer } from '../parse.js';
import type { PracticeBrief } from '../practice.js';
import { newSecret } from '../sign.js';
import type { AgentProfile } from './profile.js';

export interface PatientOptions {
  endpoint: Endpoint;
  secret: string;
  /** Older secrets that still count beside it. */
  olderSecrets?: readonly string[];
  /** How calls travel; over Node's own HTTP when absent. */
  transport?: Transport;
  brief: PracticeBrief;
  /** The agent's registration; null when nobody gave it. */
  profile: AgentProfile | null;
  files: FileServer;
  /** null for an agent that never answers later. */
  callbacks: CallbackServer | null;
  /** The window of each call, in ms. */
  windowMs: number;
}

/** The agent that is looked at: what the checks do to it, and what they have learnt so far. */
export class Patient {
  readonly caller: Caller;
  readonly profile: AgentProfile | null;
  readonly brief: PracticeBrief;
  readonly files: FileServer;
  readonly callbacks: CallbackServer | null;
  readonly windowMs: number;
  /** A secret that is not the agent's. */
  readonly foreignSecret = newSecret(randomBytes);
  readonly ownSecret: string;
  /** The plain call, once it was made. */
  first: { request: ExecuteRequest; came: Came } | null = null;
  /** Errors with a body, as checks met them: status and bytes. */
  readonly refusals: Extract<Came, { kind: 'answered' }>[] = [];
  private readonly briefFiles: ServedFile[];

  constructor({ secret, olderSecrets = [], transport, brief, profile, files, callbacks, ...rest }: PatientOptions) {
    this.caller = new Caller(rest.endpoint, [secret, ...olderSecrets], transport);
    this.ownSecret = secret;
    this.brief = brief;
    this.profile = profile;
    this.files = files;
    this.callbacks = callbacks;
    this.windowMs = rest.windowMs;
    this.briefFiles = brief.files.map(({ name, media_type, content }) =>
      files.serve({ name, media_type, bytes: Buffer.from(content) }),
    );
  }

  /** A prototype call of the brief, with an id of its own. */
  request(changes: Partial<ExecuteRequest> = {}): ExecuteRequest {
    const { files: _, ...asked } = this.brief;
    const request: ExecuteRequest = {
      contract_version: CONTRACT_VERSION,
      call_id: randomUUID(),
      task_id: randomUUID(),
      round: 1,
      phase: 'prototype',
      ...asked,
      attachments: this.briefFiles.map(({ attachment }) => attachment),
      deadline_at: new Date(Date.now() + this.windowMs).toISOString(),
      ...changes,
    };
    const open = this.callbackOf(request);
    return open ? { ...request, callback: open.callback } : request;
  }

  async call(request: ExecuteRequest, options: Partial<CallOptions> = {}): Promise<Came> {
    const all = { timeoutMs: this.windowMs, ...options };
    const open = this.callbackOf(request);
    const came = open ? await callLater(this.caller, open, request, all) : await this.caller.call(request, all);
    if (came.kind === 'answered' && came.status >= 400) this.refusals.push(came);
    return came;
  }

  /** The callback of a call, with what came there so far; null for an agent that never answers later. */
  callbackOf({ call_id }: ExecuteRequest): OpenCallback | null {
    return this.callbacks?.open(call_id, Date.now() + this.windowMs) ?? null;
  }

  /** The work that the plain call brought; null when it brought none. */
  bid(): ReceivedAnswer | null {
    const seen = this.first && seenOf(this.first.came);
    return seen?.kind === 'answered' ? seen.answer : null;
  }

  /** Whether it still takes a plain call: after something that may have hurt it. */
  async isAlive(): Promise<boolean> {
    const came = await this.caller.health(HEALTH_MS);
    return came.kind === 'answered';
  }
}

const HEALTH_MS = 5_000;
