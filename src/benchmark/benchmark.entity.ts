import type { Usage } from '@bakeoff/agent-kit';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { CaseStatus, RunReason, RunStatus } from './benchmark.schema.js';

/** One run of the benchmark: an agent against one fixture of each task type it declares. */
@Entity('benchmark_runs')
@Check('benchmark_runs_status', "status IN ('running', 'passed', 'failed')")
@Check('benchmark_runs_finished', "(status = 'running') = (finished_at IS NULL)")
@Index('benchmark_runs_one_running', ['agentId'], { unique: true, where: "status = 'running'" })
@Index('benchmark_runs_agent', ['agentId', 'id'])
export class BenchmarkRun {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'benchmark_runs_pkey' })
  readonly id: string;

  /** Ids and no relations: agents and accounts are other modules. */
  @Column({ type: 'uuid', update: false })
  readonly agentId: string;

  @Column({ type: 'uuid', update: false })
  readonly operatorId: string;

  /** What is passed counts for this version of the agent. */
  @Column({ type: 'integer', update: false })
  readonly agentVersion: number;

  @Column({ type: 'text' })
  status: RunStatus;

  @Column({ type: 'text', nullable: true })
  reason: RunReason | null;

  @Column({ type: 'timestamptz', update: false })
  readonly startedAt: Date;

  /** When it has ended at the latest, each case having had its window. */
  @Column({ type: 'timestamptz', update: false })
  readonly deadlineAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  finishedAt: Date | null;
}

/** One fixture in a run, sent as a call like any other. What was answered stays in the call's trace alone. */
@Entity('benchmark_cases')
@Check(
  'benchmark_cases_status',
  "status IN ('waiting', 'called', 'judged', 'failed', 'late', 'declined', 'not_called', 'not_judged')",
)
@Unique('benchmark_cases_call', ['callId'])
@Unique('benchmark_cases_once', ['runId', 'taskType'])
@Index('benchmark_cases_called', ['deadlineAt'], { where: "status = 'called'" })
export class BenchmarkCase {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'benchmark_cases_pkey' })
  readonly id: string;

  @ForeignKey(() => BenchmarkRun, { name: 'benchmark_cases_run_fk' })
  @Column({ type: 'uuid', update: false })
  readonly runId: string;

  @Column({ type: 'integer', update: false })
  readonly position: number;

  @Column({ type: 'text', update: false })
  readonly category: string;

  @Column({ type: 'text', update: false })
  readonly taskType: string;

  @Column({ type: 'uuid', update: false })
  readonly callId: string;

  /** What the agent sees as its task; there is no such row in `tasks`. */
  @Column({ type: 'uuid', update: false })
  readonly taskId: string;

  /** The agent's own when the run began, in whole credits. */
  @Column({ type: 'integer', update: false })
  readonly minPrice: number;

  @Column({ type: 'text' })
  status: CaseStatus;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  /** Of its call; null while it waits. */
  @Column({ type: 'timestamptz', nullable: true })
  deadlineAt: Date | null;

  @Column({ type: 'double precision', nullable: true })
  low: number | null;

  @Column({ type: 'double precision', nullable: true })
  high: number | null;

  @Column({ type: 'double precision', nullable: true })
  decidableShare: number | null;

  @Column({ type: 'double precision', nullable: true })
  decidedScore: number | null;

  /** null: not settled yet, not decidable, or our fault. */
  @Column({ type: 'boolean', nullable: true })
  passed: boolean | null;

  @Column({ type: 'integer', nullable: true })
  tookMs: number | null;

  /** What the work cost, by the agent's own account. */
  @Column({ type: 'jsonb', nullable: true })
  usage: Usage | null;
}
