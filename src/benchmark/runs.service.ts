import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import { Jobs } from '../platform/queue/jobs.js';
import { Activation } from '../registry/activation.service.js';
import type { AgentCapability } from '../registry/agent.entity.js';
import { BenchmarkCase, BenchmarkRun } from './benchmark.entity.js';
import { declaredCapabilities, lockedAgent } from './benchmark.queries.js';
import type { CaseResult } from './benchmark.schema.js';
import { provenCapabilities } from './choice.js';
import { cooldownsOf, waitAfter, whyWait } from './cooldown.js';
import { resultOf, runVerdict, together } from './verdict.js';

export const RUN_QUEUE = 'benchmark-run';

/** Longer than any answer in time may still be fetched and judged: a call that is open even then was lost by our side. */
const LOST_MS = 60_000;
const BATCH = 100;

/** The life of a run: cases settle one after the other, and the last one ends it. */
@Injectable()
export class Runs {
  constructor(
    private readonly db: Db,
    private readonly activation: Activation,
    private readonly events: Events,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Holds a run that is going; null once it is over. */
  async lock(tx: Tx, runId: string): Promise<BenchmarkRun | null> {
    return tx.findOne(BenchmarkRun, { where: { id: runId, status: 'running' }, lock: { mode: 'pessimistic_write' } });
  }

  /** After a case was settled: calls for the next ones, or ends the run with the last. For a run that is locked. */
  async goOn(tx: Tx, run: BenchmarkRun, settled?: BenchmarkCase): Promise<void> {
    const cases = await tx.findBy(BenchmarkCase, { runId: run.id });
    if (settled) await this.tellProgress(tx, run, settled, cases);
    if (cases.every((one) => resultOf(one) !== 'pending')) await this.end(tx, run, cases);
    else if (cases.some(({ status }) => status === 'waiting')) await this.jobs.send(tx, RUN_QUEUE, { runId: run.id });
  }

  /** Gives up calls that were lost, and runs that outlived their deadline: our fault, whoever it was that died. */
  async closeLost(now: Date): Promise<void> {
    const lostBefore = new Date(now.getTime() - this.config.CALL_LATE_GRACE_S * 1_000 - LOST_MS);
    const lost = await this.db.query<{ id: string }>(
      `SELECT id FROM benchmark_runs r WHERE status = 'running' AND (deadline_at < $1 OR EXISTS (
         SELECT FROM benchmark_cases c WHERE c.run_id = r.id AND c.status = 'called' AND c.deadline_at < $1))
       ORDER BY id LIMIT ${BATCH}`,
      [lostBefore],
    );
    for (const { id } of lost) await this.db.transaction((tx) => this.close(tx, id, lostBefore));
  }

  private async close(tx: Tx, runId: string, lostBefore: Date): Promise<void> {
    const run = await this.lock(tx, runId);
    if (!run) return;
    await rows(
      tx,
      `UPDATE benchmark_cases SET status = CASE status WHEN 'waiting' THEN 'not_called' ELSE 'not_judged' END, reason = $3
       WHERE run_id = $1 AND status IN ('waiting', 'called') AND ($4 OR deadline_at < $2)`,
      [runId, lostBefore, 'our side lost this call', run.deadlineAt < lostBefore],
    );
    await this.goOn(tx, run);
  }

  private async end(tx: Tx, run: BenchmarkRun, cases: readonly BenchmarkCase[]): Promise<void> {
    const agent = await lockedAgent(tx, run.agentId);
    const verdict = runVerdict(cases);
    const isOther = verdict.status !== 'failed' && agent?.version !== run.agentVersion;
    const ending = {
      ...(isOther ? ({ status: 'failed', reason: 'agent_changed' } as const) : verdict),
      finishedAt: this.clock.now(),
    };
    const { failures, until } = waitAfter(ending, run.failures, cooldownsOf(this.config));
    await tx.save(BenchmarkRun, Object.assign(run, ending, { failures, nextAllowedAt: until }));
    await this.tellOperator(tx, run, cases);
    await this.apply(tx, run, cases);
  }

  /** What the run does to the agent. Of a failed one only a requalification does anything. */
  private async apply(tx: Tx, run: BenchmarkRun, cases: readonly BenchmarkCase[]): Promise<void> {
    const declared = await declaredCapabilities(tx, run.agentId);
    const [passed, undecided, failed] = (['passed', 'undecidable', 'failed'] as const).map((result) =>
      provenCapabilities(declared, typesWith(result, cases)),
    ) as [AgentCapability[], AgentCapability[], AgentCapability[]];
    const without = (list: readonly AgentCapability[], ...others: AgentCapability[][]) =>
      list.filter((one) => !others.some((other) => other.includes(one)));
    if (run.status !== 'failed') {
      await this.activation.prove(tx, run.agentId, { passed, undecided: without(undecided, passed) });
    } else if (run.reason === 'fixtures_failed' && run.purpose === 'requalification') {
      await this.activation.failed(tx, run.agentId, { failed, passed: without(passed, failed) });
    }
  }

  private async tellProgress(
    tx: Tx,
    run: BenchmarkRun,
    one: BenchmarkCase,
    cases: readonly BenchmarkCase[],
  ): Promise<void> {
    const data = {
      ...{ agent_id: run.agentId, run_id: run.id, case_id: one.id, task_type: one.taskType, level: one.level },
      ...{ result: resultOf(one), reason: one.reason, cases: cases.length },
      settled: cases.filter((each) => resultOf(each) !== 'pending').length,
    };
    await this.events.append(tx, { type: 'benchmark.case', accountId: run.operatorId, data });
  }

  private async tellOperator(tx: Tx, run: BenchmarkRun, cases: readonly BenchmarkCase[]): Promise<void> {
    await this.events.append(tx, {
      type: `benchmark.${run.status}`,
      accountId: run.operatorId,
      data: {
        agent_id: run.agentId,
        run_id: run.id,
        purpose: run.purpose,
        reason: run.reason,
        next_allowed_at: run.nextAllowedAt?.toISOString() ?? null,
        next_allowed_why: whyWait(run, { failures: run.failures, until: run.nextAllowedAt }),
        task_types: byType(cases).map(([taskType, all]) => ({
          task_type: taskType,
          result: together(all.map(resultOf)),
        })),
      },
    });
  }
}

function byType(cases: readonly BenchmarkCase[]): [string, BenchmarkCase[]][] {
  return [...Map.groupBy(cases, ({ taskType }) => taskType)];
}

/** The task types of which this came over all their levels. */
function typesWith(result: CaseResult, cases: readonly BenchmarkCase[]): { category: string; taskType: string }[] {
  return byType(cases).flatMap(([taskType, all]) => {
    const [first] = all;
    return first && together(all.map(resultOf)) === result ? [{ category: first.category, taskType }] : [];
  });
}
