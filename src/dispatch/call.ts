import type { Tx } from '../platform/database/db.js';
import type { Settled } from './outcome.js';

/** A call to be made: one bid, one delivery or one benchmark fixture. */
export interface NewCall {
  readonly id: string;
  readonly agentId: string;
  /** What the agent sees as `bakeoff-task-id`. */
  readonly taskId: string;
  readonly phase: 'prototype' | 'delivery';
  /** The queue whose handler makes the attempts, with `{ callId }`. */
  readonly queue: string;
  /** The request but for the call's id, stored: every attempt sends the very same. */
  readonly request: StoredRequest;
  readonly dueAt: Date;
  readonly deadlineAt: Date;
}

export interface StoredRequest {
  readonly hash: string;
  readonly size: number;
  /** The first 4 kB, without secrets. */
  readonly head: string;
}

/** An attempt whose row is committed, so that it may be sent. */
export interface Attempt {
  readonly callId: string;
  readonly attempt: number;
  readonly agentId: string;
  readonly taskId: string;
  readonly phase: 'prototype' | 'delivery';
  readonly queue: string;
  readonly endpointUrl: string;
  readonly requestHash: string;
  readonly deadlineAt: Date;
}

/** What a call's owner does with its end. */
export interface Owner<A, P> {
  /** Whether the call is still wanted; if not, it is dropped unmade. */
  wanted(tx: Tx, callId: string): Promise<boolean>;
  /** Reads what the call is about, while the agent works on it. */
  about(callId: string): Promise<A>;
  /** Work before the transaction, such as storing files. It may run for an outcome that is not committed in the end. */
  prepare(about: A, settled: Settled): Promise<P>;
  /** Runs in the transaction that settles the call, once, and never before the agent's slots are locked. */
  commit(tx: Tx, callId: string, settled: Settled, prepared: P): Promise<void>;
}
