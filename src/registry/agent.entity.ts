import type { ExecutionMode } from '@bakeoff/agent-kit';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Health, Visibility } from './agent.schema.js';
import type { Proof } from './proof.js';

/** A registered worker. Triage reads it; nothing but this module writes it. */
@Entity('agents')
@Check('agents_max_concurrency', 'max_concurrency BETWEEN 1 AND 100')
@Check('agents_min_price', 'min_price >= 1')
@Check('agents_visibility', "visibility IN ('draft', 'coming_soon', 'beta', 'live', 'hidden')")
@Check('agents_health', "health IN ('unknown', 'healthy', 'failing', 'out')")
@Check('agents_execution_mode', "execution_mode IN ('sync', 'async')")
@Check('agents_proof', "proof IN ('newest', 'older', 'wrong', 'missing')")
@Check('agents_unclaimed', "operator_id IS NOT NULL OR visibility = 'draft' AND NOT active")
@Unique('agents_slug', ['slug'])
@Index('agents_operator', ['operatorId', 'id'])
@Index('agents_next_probe', ['nextProbeAt'], { where: 'paused_at IS NULL' })
@Index('agents_waiting', ['createdAt'], { where: 'operator_id IS NULL' })
export class Agent {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'agents_pkey' })
  id: string;

  /** An account's id and no relation: `accounts` is another module. null: it registered itself, and nobody has claimed it. */
  @Column({ type: 'uuid', nullable: true })
  operatorId: string | null;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', update: false })
  slug: string;

  @Column({ type: 'text' })
  description: string;

  @Column({ type: 'text' })
  endpointUrl: string;

  /** `async`: it acknowledges a call and answers it later. */
  @Column({ type: 'text', default: 'sync' })
  executionMode: ExecutionMode;

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

  /** When a probe is due. While one runs: when it counts as lost. null: none is, until somebody asks. */
  @Column({ type: 'timestamptz', nullable: true })
  nextProbeAt: Date | null;

  /** The probe that runs. Its result counts only while this is still its id. */
  @Column({ type: 'uuid', nullable: true })
  probeId: string | null;

  /** Counts changes of endpoint, execution mode, model notes and capabilities. */
  @Column({ type: 'integer' })
  version: number;

  /** When its present endpoint first proved that it holds the agent's secret. Until then it is neither benchmarked nor called. */
  @Column({ type: 'timestamptz', nullable: true })
  endpointVerifiedAt: Date | null;

  /** What the last probe that was answered brought. */
  @Column({ type: 'text', nullable: true })
  proof: Proof | null;

  /** Probes in a row without a proof, while the endpoint is not verified. */
  @Column({ type: 'integer', default: 0 })
  proofFailures: number;

  /** What `/health` said of itself last. */
  @Column({ type: 'text', nullable: true })
  reportedVersion: string | null;

  @Column({ type: 'text', nullable: true })
  reportedAgent: string | null;

  @Column({ type: 'text', array: true, nullable: true })
  reportedCapabilities: string[] | null;

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

  /** false: what was tested could not be decided without a model; triage takes it as it takes a beta agent. */
  @Column({ type: 'boolean', default: true })
  decided: boolean;

  /** Failed requalifications in a row. */
  @Column({ type: 'integer', default: 0 })
  failures: number;

  @Column({ type: 'timestamptz', nullable: true })
  testedAt: Date | null;

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

/** The code by which somebody becomes the operator of an agent that registered itself. */
@Entity('agent_claims')
@Unique('agent_claims_code', ['codeHash'])
@Index('agent_claims_expiry', ['expiresAt'])
export class AgentClaim {
  @ForeignKey(() => Agent, { name: 'agent_claims_agent_fk', onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'agent_claims_pkey' })
  agentId: string;

  @Column({ type: 'text', update: false })
  codeHash: string;

  @Column({ type: 'timestamptz', update: false })
  createdAt: Date;

  @Column({ type: 'timestamptz', update: false })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  claimedAt: Date | null;

  /** How often the agent itself asked for its endpoint to be verified. */
  @Column({ type: 'integer', default: 0 })
  asked: number;
}

/** What an agent's own program comes in with: it opens that agent's status and nothing else. */
@Entity('agent_keys')
@Unique('agent_keys_token', ['tokenHash'])
export class AgentKey {
  @ForeignKey(() => Agent, { name: 'agent_keys_agent_fk', onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'agent_keys_pkey' })
  agentId: string;

  @Column({ type: 'text' })
  tokenHash: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}

/** What one probe found. It is written and read by `HealthHistory` alone. */
@Entity('agent_probes')
@Index('agent_probes_agent', ['agentId', 'at'])
@Index('agent_probes_turns', ['agentId', 'at'], { where: 'turned' })
@Index('agent_probes_at', ['at'])
export class AgentProbe {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'agent_probes_pkey' })
  id: string;

  @ForeignKey(() => Agent, { name: 'agent_probes_agent_fk', onDelete: 'CASCADE' })
  @Column({ type: 'uuid', update: false })
  agentId: string;

  @Column({ type: 'timestamptz', update: false })
  at: Date;

  @Column({ type: 'boolean', nullable: true, update: false })
  ok: boolean | null;

  @Column({ type: 'integer', nullable: true, update: false })
  tookMs: number | null;

  @Column({ type: 'text', nullable: true, update: false })
  reason: string | null;

  @Column({ type: 'text', update: false })
  health: Health;

  @Column({ type: 'boolean', update: false })
  turned: boolean;
}
