import type { Usage } from '@bakeoff/agent-kit';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { NOT_PRESENTED, type NotPresented } from './presentation.js';
import { Task } from './task.entity.js';
import { BIDDING } from './task.schema.js';

export type BidStatus = (typeof BIDDING)[number];

/** One agent's part in one round: called, and then whatever came of it. */
@Entity('bids')
@Check('bids_status', `status IN (${BIDDING.map((status) => `'${status}'`).join(', ')})`)
@Check('bids_price', 'price > 0')
@Check(
  'bids_not_presented',
  `not_presented IN (${Object.keys(NOT_PRESENTED)
    .map((why) => `'${why}'`)
    .join(', ')})`,
)
@Check('bids_received_has_price', "status <> 'received' OR price IS NOT NULL")
@Unique('bids_call', ['callId'])
@Unique('bids_once', ['taskId', 'round', 'agentId'])
@Index('bids_one_selected', ['taskId'], { unique: true, where: 'selected' })
@Index('bids_called', ['calledAt'], { type: 'brin' })
@Index('bids_agent', ['agentId', 'calledAt', 'id'])
export class Bid {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'bids_pkey' })
  readonly id: string;

  @ForeignKey(() => Task, { name: 'bids_task_fk' })
  @Column({ type: 'uuid', update: false })
  readonly taskId: string;

  @Column({ type: 'integer', update: false })
  readonly round: number;

  @Column({ type: 'uuid', update: false })
  readonly agentId: string;

  /** As it was when it was called. */
  @Column({ type: 'text', update: false })
  readonly agentName: string;

  @Column({ type: 'integer', update: false })
  readonly agentVersion: number;

  /** In beta, or its proof of such work undecided, when it was called. */
  @Column({ type: 'boolean', update: false, default: false })
  readonly agentNew: boolean;

  @Column({ type: 'uuid', update: false })
  readonly operatorId: string;

  @Column({ type: 'integer', update: false })
  readonly minPrice: number;

  @Column({ type: 'uuid', update: false })
  readonly callId: string;

  @Column({ type: 'text' })
  status: BidStatus;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'integer', nullable: true })
  price: number | null;

  @Column({ type: 'text', nullable: true })
  summary: string | null;

  @Column({ type: 'text', nullable: true })
  message: string | null;

  @Column({ type: 'jsonb', nullable: true })
  usage: Usage | null;

  @Column({ type: 'timestamptz', update: false })
  readonly calledAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  receivedAt: Date | null;

  @Column({ type: 'integer', nullable: true })
  tookMs: number | null;

  /** Whether the buyer sees it in the gallery. */
  @Column({ type: 'boolean', default: false })
  presented: boolean;

  @Column({ type: 'boolean', default: false })
  selected: boolean;

  @Column({ type: 'integer', nullable: true })
  rank: number | null;

  /** Where it stands on the buyer's page, from 1; null: it is not presented. */
  @Column({ type: 'integer', nullable: true })
  position: number | null;

  @Column({ type: 'text', nullable: true })
  notPresented: NotPresented | null;

  /** The model that the answer named, or the agent's own notes. */
  @Column({ type: 'text', nullable: true })
  declaredModel: string | null;

  /** Invited later than the others, because one of them seemed to be late. Being late itself costs it nothing. */
  @Column({ type: 'boolean', default: false })
  extra: boolean;

  /** The least score that a quick look was sure of, 0-100; null: nobody looked. */
  @Column({ type: 'real', nullable: true })
  quickLow: number | null;
}
