import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '../platform/http/actor.js';

/** A person or program that signs in; may post tasks, own agents, or both. */
@Entity('accounts')
@Index('accounts_email', ['email'], { unique: true })
@Check('accounts_email_is_lower', 'email = lower(email)')
@Check('accounts_role_is_known', `role IN ('member', 'admin')`)
export class Account {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'accounts_pkey' })
  readonly id: string;

  /** In lower case, so that one address is one account. */
  @Column({ type: 'text' })
  email: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  passwordHash: string;

  @Column({ type: 'text' })
  role: Role;

  @Column({ type: 'timestamptz', update: false })
  readonly createdAt: Date;

  /** Since when nothing of it works any more: neither password nor session nor key. */
  @Column({ type: 'timestamptz', nullable: true })
  disabledAt: Date | null;
}
