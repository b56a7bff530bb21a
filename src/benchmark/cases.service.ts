import type { ReceivedAnswer } from '@bakeoff/agent-kit';
import { Injectable, Logger } from '@nestjs/common';
import { In } from 'typeorm';
import { Artifacts } from '../dispatch/artifacts.js';
import type { Ended, Owner } from '../dispatch/call.js';
import { Dispatch } from '../dispatch/dispatch.service.js';
import type { Settled } from '../dispatch/outcome.js';
import { priceProblem } from '../dispatch/price.js';
import type { Judgement } from '../judging/judgement.schema.js';
import { Judging } from '../judging/judging.service.js';
import { BuyerTests } from '../judging/tests/buyer-tests.service.js';
import { Config } from '../platform/config.js';
import { Db, type Tx } from '../platform/database/db.js';
import { taskType } from '../registry/taxonomy.js';
import { BenchmarkCase } from './benchmark.entity.js';
import { lastAttempt } from './benchmark.queries.js';
import { fixtureBudget, fixtureJudged, fixtureOfCase } from './fixture-task.js';
import { BENCHMARK_QUEUE } from './opening.service.js';
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
export class Cases implements Owner<BenchmarkCase, Judged> {
  /** Handles a `benchmark` job: the next attempt of a case's call. */
  readonly call: (callId: string) => Promise<void>;
  private readonly log = new Logger('benchmark');

  constructor(
    private readonly db: Db,
    dispatch: Dispatch,
    private readonly artifacts: Artifacts,
    private readonly judging: Judging,
    private readonly tests: BuyerTests,
    private readonly runs: Runs,
    private readonly config: Config,
  ) {
    this.call = dispatch.attemptsFor(BENCHMARK_QUEUE, this);
  }

  async wanted(tx: Tx, callIds: readonly string[]): Promise<ReadonlySet<string>> {
    const open = await tx.findBy(BenchmarkCase, { callId: In([...callIds]), status: 'called' });
    return new Set(open.map(({ callId }) => callId));
  }

  async whyUnwanted(tx: Tx, callId: string): Promise<string> {
    const found = await tx.findOneBy(BenchmarkCase, { callId });
    return found?.reason ?? 'the benchmark run is over';
  }

  async about(callIds: readonly string[]): Promise<BenchmarkCase[]> {
    const cases = await this.db.dataSource.manager.findBy(BenchmarkCase, { callId: In([...callIds]) });
    const byCall = new Map(cases.map((found) => [found.callId, found]));
    return callIds.map((callId) => {
      const found = byCall.get(callId);
      if (!found) throw new Error(`The call ${callId} has no benchmark case.`);
      return found;
    });
  }

  /** Judged before the transaction: what is judged is not kept, only what the judge said of it. */
  async prepare(found: BenchmarkCase, settled: Settled): Promise<Judged> {
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
    const ruled = await this.judging.judge(fixtureJudged(type, fixture, received.artifacts));
    const judgement = fixture.tests ? await this.tests.judged(ruled, fixture.tests, received.artifacts) : ruled;
    return { outcome: judgedOutcome(judgement, passMark(this.config)), judgement };
  }

  async commit(tx: Tx, ended: readonly Ended<Judged>[]): Promise<void> {
    const cases = await tx.findBy(BenchmarkCase, { callId: In(ended.map(({ callId }) => callId)) });
    // In the order in which everybody locks runs.
    for (const { callId, runId } of cases.toSorted((a, b) => (a.runId < b.runId ? -1 : 1))) {
      const one = ended.find((each) => each.callId === callId);
      if (one) await this.commitOne(tx, runId, one);
    }
  }

  private async commitOne(tx: Tx, runId: string, { callId, settled, prepared }: Ended<Judged>): Promise<void> {
    const { outcome, judgement } = prepared;
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
