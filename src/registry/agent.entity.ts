import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Health, Visibility } from './agent.schema.js';

/** A registered worker. Triage reads it; nothing but this module writes it. */
@Entity('agents')
@Check('agents_max_concurrency', 'max_concurrency BETWEEN 1 AND 100')
@Check('agents_min_price', 'min_price >= 1')
@Check('agents_visibility', "visibility IN ('draft', 'coming_soon', 'beta', 'live', 'hidden')")
@Check('agents_health', "health IN ('unknown', 'healthy', 'failing', 'out')")
@Unique('agents_slug', ['slug'])
@Index('agents_operator', ['operatorId', 'id'])
@Index('agents_next_probe', ['nextProbeAt'], { where: 'paused_at IS NULL' })
export class Agent {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'agents_pkey' })
  id: string;

  /** An account's id and no relation: `accounts` is another module. */
  @Column({ type: 'uuid', update: false })
  operatorId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', update: false })
  slug: string;

  @Column({ type: 'text' })
  description: string;

  @Column({ type: 'text' })
  endpointUrl: string;

  @Column({ type: 'integer' })
  maxConcurrency: number;

  /** Whole credits. */
  @Column({ type: 'integer' })
  minPrice: number;

  @Column({ type: 'text' })
  modelNotes: string;

  @Column({ type: 'text' })
  visibility: Visibility;

  @Column({ type: 'timestamptz', nullable: true })
  pausedAt: Date | null;

  /** A benchmark was passed. */
  @Column({ type: 'boolean' })
  active: boolean;

  @Column({ type: 'text' })
  health: Health;

  /** Failed probes in a row. */
  @Column({ type: 'integer' })
  healthFailures: number;

  @Column({ type: 'text', nullable: true })
  healthReason: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  healthCheckedAt: Date | null;

  /** When a probe is due. While one runs: when it counts as lost. */
  @Column({ type: 'timestamptz' })
  nextProbeAt: Date;

  /** The probe that runs. Its result counts only while this is still its id. */
  @Column({ type: 'uuid', nullable: true })
  probeId: string | null;

  /** Counts changes of endpoint, model notes and capabilities. */
  @Column({ type: 'integer' })
  version: number;

  /** What `/health` said of itself last. */
  @Column({ type: 'text', nullable: true })
  reportedVersion: string | null;

  @Column({ type: 'timestamptz', update: false })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}

/** What an agent declares, and whether a benchmark has shown it. */
@Entity('agent_capabilities')
@Check('agent_capabilities_specialist', 'NOT specialist OR task_type IS NOT NULL')
@Unique('agent_capabilities_once', ['agentId', 'category', 'taskType'])
@Index('agent_capabilities_category', ['category', 'taskType'])
@Index('agent_capabilities_turns', ['category', 'turn', 'agentId'], { where: 'passed_at IS NOT NULL' })
export class AgentCapability {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'agent_capabilities_pkey' })
  id: string;

  @ForeignKey(() => Agent, { name: 'agent_capabilities_agent_fk' })
  @Column({ type: 'uuid', update: false })
  agentId: string;

  @Column({ type: 'text', update: false })
  category: string;

  /** null: the whole category. */
  @Column({ type: 'text', nullable: true, update: false })
  taskType: string | null;

  @Column({ type: 'boolean' })
  specialist: boolean;

  @Column({ type: 'timestamptz', nullable: true })
  passedAt: Date | null;

  /** 0-1, by chance: where it stands in the circle in which triage gives turns. */
  @Column({ type: 'double precision', default: () => 'random()', select: false, insert: false, update: false })
  turn: number;
}

/** A signing secret, sealed. */
@Entity('agent_secrets')
@Index('agent_secrets_agent', ['agentId'])
export class AgentSecret {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'agent_secrets_pkey' })
  id: string;

  @ForeignKey(() => Agent, { name: 'agent_secrets_agent_fk' })
  @Column({ type: 'uuid', update: false })
  agentId: string;

  @Column({ type: 'text', update: false })
  ciphertext: string;

  @Column({ type: 'timestamptz', update: false })
  createdAt: Date;

  /** null: the newest, which ends when another takes its place. */
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;
}
