import type { ArtifactType } from '@bakeoff/agent-kit';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One piece of a bid or a delivery. Its bytes lie in storage under their hash and never change. */
@Entity('artifacts')
export class StoredArtifact {
  @PrimaryColumn({ type: 'uuid' })
  readonly id: string;

  @Column({ type: 'uuid', nullable: true, update: false })
  readonly bidId: string | null;

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
