import type { ArtifactType, ExecuteRequest, PastArtifact, ReceivedAnswer } from '@bakeoff/agent-kit';
import { Injectable } from '@nestjs/common';
import { Artifacts } from '../dispatch/artifacts.js';
import { newId } from '../platform/crypto/tokens.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import { entitiesWhere } from '../platform/database/entities.js';
import { Storage } from '../platform/storage/storage.js';
import { StoredArtifact } from './artifact.entity.js';
import { StoredAttachment } from './attachment.entity.js';
import { fitsInline, inlineArtifact } from './execute-request.js';
import { Links } from './links.js';

/** One artifact with its bytes safely in storage. */
export interface KeptArtifact {
  readonly type: ArtifactType;
  readonly name: string;
  readonly mediaType: string;
  readonly hash: string;
  readonly size: number;
}

export interface ReadArtifact {
  readonly type: ArtifactType;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export type Kept =
  | { readonly ok: true; readonly artifacts: readonly KeptArtifact[] }
  | { readonly ok: false; readonly problem: string };

/** What a bid or a delivery consists of. */
export interface RecordedWork {
  readonly owner: WorkOwner;
  readonly artifacts: readonly KeptArtifact[];
}

type WorkOwner = { readonly bidId: string } | { readonly deliveryId: string };

/** The files of bids and deliveries: kept once and for all as they came, so that what was judged is what the buyer sees. */
@Injectable()
export class Work {
  constructor(
    private readonly db: Db,
    private readonly storage: Storage,
    private readonly artifacts: Artifacts,
    private readonly links: Links,
  ) {}

  /**
   * Puts an answer's artifacts into storage; those given by URL are fetched once, through the guarded egress.
   *
   * @param meanwhile hears of the artifacts as soon as they are here, before they are on the disk
   */
  async keep(
    answered: ReceivedAnswer['artifacts'],
    meanwhile: (artifacts: readonly ReadArtifact[]) => void = () => {},
  ): Promise<Kept> {
    const received = await this.artifacts.receive(answered);
    if (!received.ok) return received;
    meanwhile(received.artifacts);
    const kept = await Promise.all(
      received.artifacts.map(async ({ bytes, ...artifact }) => ({ ...artifact, ...(await this.storage.put(bytes)) })),
    );
    return { ok: true, artifacts: kept };
  }

  /** Writes down what bids and deliveries consist of. */
  async record(tx: Tx, works: readonly RecordedWork[]): Promise<void> {
    const artifacts = works.flatMap(({ owner, artifacts: kept }) =>
      kept.map(({ mediaType, ...artifact }, position) => ({
        ...{ id: newId(), ...ownerColumn(owner), position },
        ...{ ...artifact, media_type: mediaType },
      })),
    );
    await rows(
      tx,
      `INSERT INTO artifacts (id, bid_id, delivery_id, position, type, name, media_type, hash, size)
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS a (id uuid, bid_id uuid, delivery_id uuid, position integer, type text, name text,
         media_type text, hash text, size integer)`,
      [JSON.stringify(artifacts)],
    );
  }

  async artifactsOf(owner: WorkOwner): Promise<StoredArtifact[]> {
    return this.db.dataSource.manager.find(StoredArtifact, { where: owner, order: { position: 'ASC' } });
  }

  /** The artifacts of some bids with their bytes, by bid, for a judge. */
  async read(bidIds: readonly string[]): Promise<Map<string, ReadArtifact[]>> {
    const where = 'WHERE e.bid_id = ANY($1::uuid[]) AND e.hash IS NOT NULL ORDER BY e.position';
    const artifacts = await entitiesWhere(this.db, StoredArtifact, where, [bidIds]);
    const files = await Promise.all(artifacts.map(({ hash }) => this.storage.get(hash ?? '')));
    const byBid = new Map<string, ReadArtifact[]>(bidIds.map((id) => [id, []]));
    for (const [i, { bidId, type, name, mediaType }] of artifacts.entries()) {
      byBid.get(bidId ?? '')?.push({ type, name, mediaType, bytes: files[i] ?? new Uint8Array() });
    }
    return byBid;
  }

  /** The artifacts of a delivery with their bytes. */
  async readDelivery(deliveryId: string): Promise<ReadArtifact[]> {
    const artifacts = (await this.artifactsOf({ deliveryId })).filter(({ hash }) => hash !== null);
    return Promise.all(
      artifacts.map(async ({ type, name, mediaType, hash }) => ({
        ...{ type, name, mediaType },
        bytes: await this.storage.get(hash ?? ''),
      })),
    );
  }

  /** Earlier work as it is sent back to its agent: small artifacts inline, bigger ones by a link that lives past the deadline. */
  async asSent(owner: WorkOwner, deadlineAt: Date): Promise<PastArtifact[]> {
    const artifacts = (await this.artifactsOf(owner)).filter((artifact) => artifact.hash !== null);
    return Promise.all(
      artifacts.map(async (artifact) => {
        if (fitsInline(artifact)) return inlineArtifact(artifact, await this.storage.get(artifact.hash ?? ''));
        const { type, name, mediaType: media_type } = artifact;
        return { type, name, media_type, url: this.links.to('artifacts', artifact.id, deadlineAt) };
      }),
    );
  }

  async attachmentsOf(taskId: string, tx?: Tx): Promise<StoredAttachment[]> {
    const rest = 'JOIN task_attachments ta ON ta.attachment_id = e.id WHERE ta.task_id = $1 ORDER BY ta.position';
    return entitiesWhere(tx ?? this.db, StoredAttachment, rest, [taskId]);
  }

  /** The task's attachments as agents get them. */
  async attachmentLinks(taskId: string, deadlineAt: Date): Promise<ExecuteRequest['attachments']> {
    const attachments = await this.attachmentsOf(taskId);
    return attachments.map(({ id, name, mediaType, size }) => ({
      name,
      url: this.links.to('attachments', id, deadlineAt),
      media_type: mediaType,
      size,
    }));
  }

  async attachmentBytes(taskId: string): Promise<{ name: string; mediaType: string; bytes: Uint8Array }[]> {
    const attachments = await this.attachmentsOf(taskId);
    return Promise.all(
      attachments.map(async ({ name, mediaType, hash }) => ({ name, mediaType, bytes: await this.storage.get(hash) })),
    );
  }
}

function ownerColumn(owner: WorkOwner) {
  return 'bidId' in owner ? { bid_id: owner.bidId } : { delivery_id: owner.deliveryId };
}
