import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { artifactText } from '../judging/artifact-text.js';
import type { Judgement } from '../judging/judgement.schema.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { type Tx, together } from '../platform/database/db.js';
import type { NewEvent } from '../platform/events/events.js';
import type { Bid } from './bid.entity.js';
import { keepPage, placeBids } from './bids.queries.js';
import { type Fingerprint, fingerprint, type Placed, presentation } from './presentation.js';
import { ranking } from './ranking.js';
import { whyNotPresented } from './said-to-buyer.js';
import type { Task } from './task.entity.js';
import type { ReadArtifact } from './work.service.js';

export interface JudgedBid {
  readonly bid: Bid;
  readonly artifacts: readonly ReadArtifact[];
  readonly judgement: Judgement;
  /** Pairs won less pairs lost, where a model compared the best with one another. */
  readonly pairs: number;
}

/** Which bids a buyer is shown, and in which order. */
export interface Page {
  readonly seed: string;
  readonly placed: readonly Placed[];
  /** By bid. */
  readonly models: ReadonlyMap<string, string>;
}

/** Makes the page of a judged round and writes it down. */
@Injectable()
export class Presenting {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Compares the bids and fills the places. All that takes time is here, outside of the transaction. */
  page(judged: readonly JudgedBid[], notes: ReadonlyMap<string, string>): Page {
    const seed = randomBytes(16).toString('hex');
    const { PRESENTED_MIN: fewest, PRESENTED_MAX: most, PRESENTED_MIN_SCORE: minScore } = this.config;
    const prints = new Map(judged.map(({ bid, artifacts }) => [bid.id, printOf(artifacts)]));
    const models = judged.flatMap(({ bid }) => {
      const model = (bid.usage?.model ?? notes.get(bid.agentId) ?? '').trim().slice(0, 200);
      return model === '' ? [] : [[bid.id, model] as const];
    });
    const placed = presentation(ranking(judged.map(asJudged)), prints, { fewest, most, minScore, seed });
    return { seed, placed, models: new Map(models) };
  }

  /** Writes the page down. Called for a task that is locked. */
  async keep(tx: Tx, task: Task, { seed, placed, models }: Page): Promise<void> {
    const placings = placed.map((bid) => ({ ...bid, declaredModel: models.get(bid.bidId) ?? null }));
    const presentedAt = placed.some(({ position }) => position !== null) ? this.clock.now() : null;
    await together(keepPage(tx, task, seed, presentedAt), placeBids(tx, placings));
  }

  /** What became of each bid, for its operator. */
  news(judged: readonly JudgedBid[], { placed }: Page): NewEvent[] {
    const places = new Map(placed.map((place) => [place.bidId, place]));
    return judged.map(({ bid: { id, taskId, agentId, operatorId }, judgement }) => {
      const { rank = null, position = null, why = null } = places.get(id) ?? {};
      const shown = { rank, presented: position !== null, ...(why ? { not_presented: whyNotPresented(why) } : {}) };
      const data = { task_id: taskId, bid_id: id, agent_id: agentId, score: judgement.total, ...shown };
      return { type: 'bid.judged', accountId: operatorId, taskId, data };
    });
  }
}

function asJudged({ bid, judgement, pairs }: JudgedBid) {
  const { low, high } = judgement.total;
  return { bidId: bid.id, low, high, pairs, price: bid.price ?? 0, receivedAt: bid.receivedAt ?? bid.calledAt };
}

/** A drawing or a program is compared by what it is written in, everything else by what a person reads in it. */
function printOf(artifacts: readonly ReadArtifact[]): Fingerprint {
  const readings = artifacts.map((artifact) => artifactText(artifact));
  const text = readings.map(({ format, source, text: read }) => (format === 'svg' || read === '' ? source : read));
  const files = readings.filter(({ format }) => format === 'binary').map(({ bytes }) => sha256(bytes));
  return fingerprint(text.join('\n'), files);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
