import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Account } from './account.entity.js';

/** A signed-in browser. Of its token only the hash is kept. */
@Entity('sessions')
@Index('sessions_token_hash', ['tokenHash'], { unique: true })
@Index('sessions_account_id', ['accountId', 'id'])
@Index('sessions_expires_at', ['expiresAt'])
export class Session {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'sessions_pkey' })
  readonly id: string;

  @Column({ type: 'uuid', update: false })
  readonly accountId: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'sessions_account_id_fkey' })
  readonly account?: Relation<Account>;

  @Column({ type: 'text', update: false })
  readonly tokenHash: string;

  @Column({ type: 'timestamptz', update: false })
  readonly createdAt: Date;

  /** Right to a minute. */
  @Column({ type: 'timestamptz' })
  lastSeenAt: Date;

  @Column({ type: 'timestamptz', update: false })
  readonly expiresAt: Date;

  @Column({ type: 'text', nullable: true, update: false })
  readonly userAgent: string | null;
}
