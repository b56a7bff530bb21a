import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Scope } from '../platform/http/actor.js';
import { Account } from './account.entity.js';

/** What a program comes in with. The key is shown once; only its hash is kept. */
@Entity('api_keys')
@Index('api_keys_token_hash', ['tokenHash'], { unique: true })
@Index('api_keys_account_id', ['accountId', 'id'])
@Check('api_keys_scopes_are_known', `scopes <@ ARRAY['read', 'tasks', 'agents', 'admin']`)
export class ApiKey {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'api_keys_pkey' })
  readonly id: string;

  @Column({ type: 'uuid', update: false })
  readonly accountId: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'api_keys_account_id_fkey' })
  readonly account?: Relation<Account>;

  @Column({ type: 'text', update: false })
  readonly name: string;

  /** The key's first characters: enough to recognise it, too few to use it. */
  @Column({ type: 'text', update: false })
  readonly prefix: string;

  @Column({ type: 'text', update: false })
  readonly tokenHash: string;

  @Column({ type: 'text', array: true, update: false })
  readonly scopes: Scope[];

  @Column({ type: 'timestamptz', update: false })
  readonly createdAt: Date;

  /** Right to a minute. */
  @Column({ type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true, update: false })
  readonly expiresAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}
