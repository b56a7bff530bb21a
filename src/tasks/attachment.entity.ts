import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A file that a buyer uploaded for the agents. */
@Entity('attachments')
@Index('attachments_account', ['accountId', 'createdAt'])
@Index('attachments_hash', ['hash'])
export class StoredAttachment {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'attachments_pkey' })
  readonly id: string;

  @Column({ type: 'uuid', update: false })
  readonly accountId: string;

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
