import type { ArtifactType } from '@bakeoff/agent-kit';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Bid } from './bid.entity.js';
import { Delivery } from './delivery.entity.js';

/** One piece of a bid or a delivery. Its bytes lie in storage under their hash and never change. */
@Entity('artifacts')
@Check('artifacts_one_owner', '(bid_id IS NULL) <> (delivery_id IS NULL)')
@Unique('artifacts_of_bid', ['bidId', 'position'])
@Unique('artifacts_of_delivery', ['deliveryId', 'position'])
@Index('artifacts_hash', ['hash'])
export class StoredArtifact {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'artifacts_pkey' })
  readonly id: string;

  @ForeignKey(() => Bid, { name: 'artifacts_bid_fk' })
  @Column({ type: 'uuid', nullable: true, update: false })
  readonly bidId: string | null;

  @ForeignKey(() => Delivery, { name: 'artifacts_delivery_fk' })
  @Column({ type: 'uuid', nullable: true, update: false })
  readonly deliveryId: string | null;

  @Column({ type: 'integer', update: false })
  readonly position: number;

  @Column({ type: 'text', update: false })
  readonly type: ArtifactType;

  @Column({ type: 'text', update: false })
  readonly name: string;

  @Column({ type: 'text', update: false })
  readonly mediaType: string;

  /** Null once a bid that the buyer never saw has had its time. */
  @Column({ type: 'text', nullable: true })
  hash: string | null;

  @Column({ type: 'integer', update: false })
  readonly size: number;
}
