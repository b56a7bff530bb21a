import type { ProgressNote } from '@bakeoff/agent-kit';
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
  /** Its agent may acknowledge and answer later. */
  readonly isAsync: boolean;
}

/** What came of a call, with what its owner prepared for it. */
export interface Ended<P> {
  readonly callId: string;
  readonly settled: Settled;
  readonly prepared: P;
}

/** Whoever waits for what calls bring. */
export interface Waiting {
  /** Which of these calls are still wanted; the others are dropped unmade. */
  wanted(tx: Tx, callIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Why a call is not wanted any more, in words for its agent. */
  whyUnwanted(tx: Tx, callId: string): Promise<string>;
  /** Hears what an agent says of its work, in the transaction that stores it. */
  progress?(tx: Tx, callId: string, note: ProgressNote): Promise<void>;
}

/** What a call's owner does with its end. Calls that begin or end at the same moment come together. */
export interface Owner<A, P> extends Waiting {
  /** Reads what calls are about, while the agents work on them; in the order of `callIds`. */
  about(callIds: readonly string[]): Promise<readonly A[]>;
  /** Work before the transaction, such as storing files. It may run for an outcome that is not committed in the end. */
  prepare(about: A, settled: Settled): Promise<P>;
  /**
   * Runs in the transaction that settles the calls, once for each, and never before their agents' slots are locked. What it locks of
   * one kind it locks in one order, whatever the order of `ended`.
   */
  commit(tx: Tx, ended: readonly Ended<P>[]): Promise<void>;
}
