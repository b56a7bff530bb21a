import type { Usage } from '@bakeoff/agent-kit';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { CaseStatus, Purpose, RunReason, RunStatus } from './benchmark.schema.js';
import type { Level } from './fixtures/fixture.js';

/** One run of the benchmark: an agent against fixtures of the task types it declares, one of each level. */
@Entity('benchmark_runs')
@Check('benchmark_runs_status', "status IN ('running', 'passed', 'undecided', 'failed')")
@Check('benchmark_runs_purpose', "purpose IN ('activation', 'requalification')")
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

  @Column({ type: 'text', update: false })
  readonly purpose: Purpose;

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

  /** Failed runs in a row, this one included. */
  @Column({ type: 'integer' })
  failures: number;

  /** null: at once. */
  @Column({ type: 'timestamptz', nullable: true })
  nextAllowedAt: Date | null;
}

/** One fixture in a run, sent as a call like any other. What was answered stays in the call's trace alone. */
@Entity('benchmark_cases')
@Check(
  'benchmark_cases_status',
  "status IN ('waiting', 'called', 'judged', 'failed', 'late', 'declined', 'not_called', 'not_judged')",
)
@Unique('benchmark_cases_call', ['callId'])
@Check('benchmark_cases_level', "level IN ('easy', 'typical', 'hard')")
@Unique('benchmark_cases_once', ['runId', 'taskType', 'level'])
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

  @Column({ type: 'text', update: false })
  readonly level: Level;

  /** What the fixture is drawn from; with task type and level it gives the same one again. */
  @Column({ type: 'text', update: false })
  readonly seed: string;

  /** Of the fixture as it was drawn first: where a later draw differs, other code draws by now. */
  @Column({ type: 'text', update: false })
  readonly digest: string;

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

  /** The share of the known answer that was found, 0-100. */
  @Column({ type: 'double precision', nullable: true })
  answerScore: number | null;

  /** The call came to nothing before any work was done. */
  @Column({ type: 'boolean' })
  unreached: boolean;

  /** null: not settled yet, not decidable, or our fault. */
  @Column({ type: 'boolean', nullable: true })
  passed: boolean | null;

  @Column({ type: 'integer', nullable: true })
  tookMs: number | null;

  /** What the work cost, by the agent's own account. */
  @Column({ type: 'jsonb', nullable: true })
  usage: Usage | null;
}

/** A file of a fixture, served under the link of any attachment while its call may ask for it. */
@Entity('benchmark_files')
@Unique('benchmark_files_once', ['caseId', 'position'])
@Index('benchmark_files_hash', ['hash'])
export class BenchmarkFile {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'benchmark_files_pkey' })
  readonly id: string;

  @ForeignKey(() => BenchmarkCase, { name: 'benchmark_files_case_fk' })
  @Column({ type: 'uuid', update: false })
  readonly caseId: string;

  @Column({ type: 'integer', update: false })
  readonly position: number;

  @Column({ type: 'text', update: false })
  readonly name: string;

  @Column({ type: 'text', update: false })
  readonly mediaType: string;

  @Column({ type: 'integer', update: false })
  readonly size: number;

  @Column({ type: 'text', update: false })
  readonly hash: string;

  @Column({ type: 'timestamptz', update: false })
  readonly createdAt: Date;
}
