import type { QualityRules } from '@bakeoff/agent-kit';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Tests } from '../judging/tests/tests.schema.js';
import { STATUSES, type TaskStatus } from './lifecycle.js';

const KNOWN_STATUSES = Object.keys(STATUSES)
  .map((status) => `'${status}'`)
  .join(', ');

/** One unit of work that a buyer posted. Its status is set by `Transitions` alone. */
@Entity('tasks')
@Check('tasks_sourcing', "sourcing IN ('contest')")
@Check('tasks_verification', "verification IN ('manual')")
@Check('tasks_judge', "judge IN ('rules', 'llm')")
@Check('tasks_experimentation', 'experimentation BETWEEN 0 AND 1')
@Check('tasks_budget', 'budget > 0')
@Check('tasks_fee_bps', 'fee_bps BETWEEN 0 AND 10000')
@Check('tasks_status', `status IN (${KNOWN_STATUSES})`)
@Check('tasks_max_revisions', 'max_revisions BETWEEN 0 AND 5')
@Check('tasks_revisions_used', 'revisions_used <= max_revisions')
@Index('tasks_buyer', ['buyerId', 'createdAt', 'id'])
@Index('tasks_closes', ['closesAt'], { where: 'closes_at IS NOT NULL' })
@Index('tasks_created', ['createdAt'], { type: 'brin' })
@Index('tasks_ended', ['statusSince'], { where: "status IN ('completed', 'expired', 'cancelled', 'refunded')" })
@Index('tasks_remind', ['remindAt'], { where: 'remind_at IS NOT NULL' })
export class Task {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'tasks_pkey' })
  readonly id: string;

  /** An account's id and no relation: `accounts` is another module. */
  @Column({ type: 'uuid', update: false })
  readonly buyerId: string;

  @Column({ type: 'text', update: false })
  readonly title: string;

  @Column({ type: 'text', update: false })
  readonly description: string;

  @Column({ type: 'text', update: false })
  readonly category: string;

  @Column({ type: 'text', update: false })
  readonly taskType: string;

  @Column({ type: 'jsonb', update: false })
  readonly requirements: Record<string, unknown>;

  @Column({ type: 'jsonb', update: false })
  readonly qualityRules: QualityRules;

  @Column({ type: 'jsonb', update: false })
  readonly metadata: Record<string, unknown>;

  @Column({ type: 'text', update: false, default: 'contest' })
  readonly sourcing: 'contest';

  @Column({ type: 'text', update: false, default: 'manual' })
  readonly verification: 'manual';

  /** Null: whoever this server has judge. */
  @Column({ type: 'text', nullable: true, update: false })
  readonly judge: 'rules' | 'llm' | null;

  /** The buyer's own; no agent sees them. */
  @Column({ type: 'jsonb', nullable: true, update: false })
  readonly tests: Tests | null;

  /** 0-1; null: what this server has set. */
  @Column({ type: 'double precision', nullable: true, update: false })
  readonly experimentation: number | null;

  @Column({ type: 'integer', update: false })
  readonly budget: number;

  @Column({ type: 'integer', update: false })
  readonly feeBps: number;

  @Column({ type: 'text' })
  status: TaskStatus;

  /** Why it ended, or why an earlier delivery stands. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'integer', default: 1 })
  round: number;

  @Column({ type: 'integer', update: false })
  readonly maxRevisions: number;

  @Column({ type: 'integer', default: 0 })
  revisionsUsed: number;

  @Column({ type: 'uuid', nullable: true })
  selectedBidId: string | null;

  @Column({ type: 'text', nullable: true })
  endedFrom: TaskStatus | null;

  @Column({ type: 'timestamptz', update: false })
  readonly createdAt: Date;

  @Column({ type: 'timestamptz' })
  statusSince: Date;

  /** When the clock moves it on; null once it is over. */
  @Column({ type: 'timestamptz', nullable: true })
  closesAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  remindAt: Date | null;
}
