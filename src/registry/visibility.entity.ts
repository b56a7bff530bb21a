import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Agent } from './agent.entity.js';
import type { Visibility } from './agent.schema.js';
import type { MoveName, Mover } from './visibility.js';
import type { RequestStatus } from './visibility.schema.js';

/** One move of an agent; rows are only ever added. */
@Entity('agent_visibility_moves')
@Check('agent_visibility_moves_by', "moved_by IN ('operator', 'admin', 'benchmark', 'health', 'platform')")
@Index('agent_visibility_moves_agent', ['agentId', 'id'])
export class VisibilityMove {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'agent_visibility_moves_pkey' })
  readonly id: string;

  @ForeignKey(() => Agent, { name: 'agent_visibility_moves_agent_fk' })
  @Column({ type: 'uuid', update: false })
  readonly agentId: string;

  @Column({ type: 'text', update: false })
  readonly fromVisibility: Visibility;

  @Column({ type: 'text', update: false })
  readonly toVisibility: Visibility;

  @Column({ type: 'text', update: false })
  readonly movedBy: Mover;

  @Column({ type: 'text', update: false })
  readonly move: MoveName;

  /** In words, for the operator. */
  @Column({ type: 'text', update: false })
  readonly reason: string;

  @Column({ type: 'text', nullable: true, update: false })
  readonly note: string | null;

  @Column({ type: 'uuid', nullable: true, update: false })
  readonly accountId: string | null;

  @Column({ type: 'timestamptz', update: false })
  readonly movedAt: Date;
}

/** What somebody wants of an admin; one at a time waits for an agent. */
@Entity('agent_visibility_requests')
@Check('agent_visibility_requests_by', "asked_by IN ('operator', 'benchmark')")
@Check('agent_visibility_requests_status', "status IN ('pending', 'granted', 'refused', 'replaced')")
@Check('agent_visibility_requests_decided', "(status = 'pending') = (decided_at IS NULL)")
@Index('agent_visibility_requests_one', ['agentId'], { unique: true, where: "status = 'pending'" })
@Index('agent_visibility_requests_status_id', ['status', 'id'])
export class VisibilityRequest {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'agent_visibility_requests_pkey' })
  readonly id: string;

  @ForeignKey(() => Agent, { name: 'agent_visibility_requests_agent_fk' })
  @Column({ type: 'uuid', update: false })
  readonly agentId: string;

  @Column({ type: 'text', update: false })
  readonly wanted: Visibility;

  @Column({ type: 'text', nullable: true, update: false })
  readonly note: string | null;

  @Column({ type: 'text', update: false })
  readonly askedBy: 'operator' | 'benchmark';

  @Column({ type: 'text' })
  status: RequestStatus;

  /** What the admin says to it. */
  @Column({ type: 'text', nullable: true })
  answer: string | null;

  @Column({ type: 'uuid', nullable: true })
  decidedBy: string | null;

  @Column({ type: 'timestamptz', update: false })
  readonly createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;
}
