import { Injectable } from '@nestjs/common';
import { fileTypeFromBuffer } from 'file-type';
import { Clock } from '../platform/clock.js';
import { newId } from '../platform/crypto/tokens.js';
import { Db, type Tx } from '../platform/database/db.js';
import type { Actor } from '../platform/http/actor.js';
import { type LinkedFile, LinkedFiles } from '../platform/storage/linked-files.js';
import { Storage, type StoredFile } from '../platform/storage/storage.js';
import { StoredArtifact } from './artifact.entity.js';
import { StoredAttachment } from './attachment.entity.js';
import { mediaTypeOf, safeName } from './files.js';
import { AttachmentRefused, FileNotFound } from './tasks.errors.js';

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the uploader says it is; what the bytes say counts for more. */
  readonly declaredType: string;
}

export interface ReadyUpload {
  readonly name: string;
  readonly mediaType: string;
  readonly file: StoredFile;
}

/** The files that buyers send, and the way to every file by its id. */
@Injectable()
export class Attachments {
  constructor(
    private readonly db: Db,
    private readonly storage: Storage,
    private readonly clock: Clock,
    private readonly others: LinkedFiles,
  ) {}

  /**
   * Sniffs an upload and puts it into storage; `add` makes it an attachment.
   *
   * @throws AttachmentRefused it is empty, a program, or its name cannot be used
   */
  async receive({ name, bytes, declaredType }: Upload): Promise<ReadyUpload> {
    if (bytes.byteLength === 0)
      throw new AttachmentRefused('invalid', 'The file is empty.', 'Send a file with content.');
    const clean = safeName(name);
    if (!clean)
      throw new AttachmentRefused('invalid', 'The file needs a name.', 'Send a file name of at most 200 characters.');
    const mediaType = mediaTypeOf(clean, await fileTypeFromBuffer(bytes), bytes, declaredType);
    if (!mediaType) {
      throw new AttachmentRefused('unsupported', `${clean} is a program.`, 'Send documents, data, images or text.');
    }
    return { name: clean, mediaType, file: await this.storage.put(bytes) };
  }

  async add(tx: Tx, actor: Actor, { name, mediaType, file }: ReadyUpload): Promise<StoredAttachment> {
    const attachment = Object.assign(new StoredAttachment(), {
      id: newId(),
      accountId: actor.accountId,
      name,
      mediaType,
      hash: file.hash,
      size: file.size,
      createdAt: this.clock.now(),
    });
    await tx.insert(StoredAttachment, attachment);
    return attachment;
  }

  /** @throws FileNotFound no such file, or its time is over */
  async find(kind: 'attachments' | 'artifacts', id: string): Promise<LinkedFile> {
    const manager = this.db.dataSource.manager;
    const found =
      kind === 'attachments'
        ? ((await manager.findOneBy(StoredAttachment, { id })) ?? (await this.others.find(id)))
        : await manager.findOneBy(StoredArtifact, { id });
    if (!found?.hash) throw new FileNotFound();
    const { name, mediaType, hash, size } = found;
    return { name, mediaType, hash, size };
  }
}
