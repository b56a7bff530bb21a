import type { Usage } from '@bakeoff/agent-kit';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { TestedView } from '../judging/tests/tests.schema.js';
import { Bid } from './bid.entity.js';
import { Task } from './task.entity.js';

/** The winner's finished work, or its attempt at a revision. */
@Entity('deliveries')
@Check('deliveries_status', "status IN ('pending', 'delivered', 'failed')")
@Check('deliveries_kept', 'kept BETWEEN 0 AND 1')
@Unique('deliveries_call', ['callId'])
@Unique('deliveries_once', ['taskId', 'number'])
export class Delivery {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'deliveries_pkey' })
  readonly id: string;

  @ForeignKey(() => Task, { name: 'deliveries_task_fk' })
  @Column({ type: 'uuid', update: false })
  readonly taskId: string;

  @ForeignKey(() => Bid, { name: 'deliveries_bid_fk' })
  @Column({ type: 'uuid', update: false })
  readonly bidId: string;

  /** 1 is the first, then one a revision. */
  @Column({ type: 'integer', update: false })
  readonly number: number;

  @Column({ type: 'uuid', update: false })
  readonly callId: string;

  @Column({ type: 'text' })
  status: 'pending' | 'delivered' | 'failed';

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  /** What the buyer asked to change; null for the first. */
  @Column({ type: 'text', nullable: true, update: false })
  readonly notes: string | null;

  @Column({ type: 'text', nullable: true })
  summary: string | null;

  @Column({ type: 'text', nullable: true })
  message: string | null;

  @Column({ type: 'jsonb', nullable: true })
  usage: Usage | null;

  /** What the buyer's tests showed; null until they have been run, and where there are none. */
  @Column({ type: 'jsonb', nullable: true })
  tested: TestedView | null;

  /** What it scored, as a share of what its prototype did (0-1); null until it has been judged, and where there is nothing to compare. */
  @Column({ type: 'real', nullable: true, insert: false, update: false })
  readonly kept: number | null;

  @Column({ type: 'timestamptz', nullable: true, insert: false, update: false })
  readonly judgedAt: Date | null;

  @Column({ type: 'timestamptz', update: false })
  readonly requestedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  receivedAt: Date | null;
}
