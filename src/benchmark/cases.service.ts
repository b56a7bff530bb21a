import type { ReceivedAnswer } from '@bakeoff/agent-kit';
import { Injectable, Logger } from '@nestjs/common';
import { Artifacts } from '../dispatch/artifacts.js';
import { Dispatch } from '../dispatch/dispatch.service.js';
import type { Settled } from '../dispatch/outcome.js';
import { priceProblem } from '../dispatch/price.js';
import type { Judgement } from '../judging/judgement.schema.js';
import { Judging } from '../judging/judging.service.js';
import { Config } from '../platform/config.js';
import { Db, type Tx } from '../platform/database/db.js';
import { taskType } from '../registry/taxonomy.js';
import { BenchmarkCase } from './benchmark.entity.js';
import { lastAttempt } from './benchmark.queries.js';
import { fixtureBudget, fixtureJudged, fixtureOfCase } from './fixture-task.js';
import { Runs } from './runs.service.js';
import {
  type CaseOutcome,
  isUnreached,
  judgedOutcome,
  passMark,
  refusedOutcome,
  unansweredOutcome,
} from './verdict.js';

interface Judged {
  readonly outcome: CaseOutcome;
  readonly judgement: Judgement | null;
}

/** Takes in the answers to fixtures, judged by the judge of real bids. */
@Injectable()
export class Cases {
  private readonly log = new Logger('benchmark');

  constructor(
    private readonly db: Db,
    private readonly dispatch: Dispatch,
    private readonly artifacts: Artifacts,
    private readonly judging: Judging,
    private readonly runs: Runs,
    private readonly config: Config,
  ) {}

  /** Handles a `benchmark` job: the next attempt of a case's call. */
  async call(callId: string): Promise<void> {
    await this.dispatch.attempt(callId, {
      wanted: (tx, id) => tx.existsBy(BenchmarkCase, { callId: id, status: 'called' }),
      about: (id) => this.db.dataSource.manager.findOneByOrFail(BenchmarkCase, { callId: id }),
      prepare: (found, settled) => this.judged(found, settled),
      commit: (tx, id, settled, judged) => this.commit(tx, id, settled, judged),
    });
  }

  /** Judged before the transaction: what is judged is not kept, only what the judge said of it. */
  private async judged(found: BenchmarkCase, settled: Settled): Promise<Judged> {
    if (settled.kind !== 'answered') return { outcome: unansweredOutcome(settled), judgement: null };
    try {
      return await this.judgedAnswer(found, settled.answer);
    } catch (err) {
      this.log.error(
        { err, call_id: found.callId, task_type: found.taskType },
        'a benchmark answer could not be judged',
      );
      const reason = 'our side could not judge this answer';
      return {
        outcome: { status: 'not_judged', passed: null, reason, decided: null, answered: null },
        judgement: null,
      };
    }
  }

  private async judgedAnswer(found: BenchmarkCase, answer: ReceivedAnswer): Promise<Judged> {
    const fixture = fixtureOfCase(found);
    const type = taskType(found.taskType);
    if (!type) throw new Error(`The task type ${found.taskType} is gone from the taxonomy.`);
    const [budget, { minPrice }] = [fixtureBudget(found), found];
    const problem = answer.price === undefined ? null : priceProblem(answer.price, { budget, minPrice });
    if (problem !== null) return { outcome: refusedOutcome(problem), judgement: null };
    const received = await this.artifacts.receive(answer.artifacts);
    if (!received.ok) return { outcome: refusedOutcome(received.problem), judgement: null };
    const judgement = await this.judging.judge(fixtureJudged(type, fixture, received.artifacts));
    return { outcome: judgedOutcome(judgement, passMark(this.config)), judgement };
  }

  private async commit(tx: Tx, callId: string, settled: Settled, { outcome, judgement }: Judged): Promise<void> {
    const { runId } = await tx.findOneByOrFail(BenchmarkCase, { callId });
    const run = await this.runs.lock(tx, runId);
    const found = await tx.findOneByOrFail(BenchmarkCase, { callId });
    if (!run || found.status !== 'called') return;
    const { tookMs, status } = await lastAttempt(tx, callId);
    Object.assign(found, {
      status: outcome.status,
      passed: outcome.passed,
      reason: outcome.reason?.slice(0, 1_000) ?? null,
      low: judgement?.total.low ?? null,
      high: judgement?.total.high ?? null,
      decidableShare: outcome.decided?.share ?? null,
      decidedScore: outcome.decided?.score ?? null,
      answerScore: outcome.answered?.score ?? null,
      unreached: isUnreached(settled, status),
      tookMs,
      usage: settled.kind === 'answered' ? (settled.answer.usage ?? null) : null,
    });
    await tx.save(BenchmarkCase, found);
    if (judgement) await this.judging.record(tx, { subject: found.id, phase: 'prototype', judgement });
    await this.runs.goOn(tx, run, found);
  }
}
