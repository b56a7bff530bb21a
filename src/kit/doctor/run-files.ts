import type { FileServer, FileToServe, ServedFile } from '@bakeoff/agent-kit/doctor';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SecretBox } from '../../platform/crypto/secrets.js';
import { UrlSigner } from '../../platform/crypto/signed-url.js';
import { newId } from '../../platform/crypto/tokens.js';
import { Db, rows } from '../../platform/database/db.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { type LinkedFile, LinkedFiles } from '../../platform/storage/linked-files.js';
import { FileReferences } from '../../platform/storage/references.js';
import { Storage } from '../../platform/storage/storage.js';

const SECOND_MS = 1_000;

/** The files of a run: what the kit serves on 127.0.0.1 lies under signed links here, as any attachment does. */
export interface RunFiles extends FileServer {
  /** Resolves once every file can be fetched. */
  ready(): Promise<void>;
  /** Learns how often each was fetched. */
  count(): Promise<void>;
}

@Injectable()
export class DoctorFiles implements OnModuleInit {
  private readonly signer: UrlSigner;

  constructor(
    secrets: SecretBox,
    private readonly db: Db,
    private readonly storage: Storage,
    private readonly served: LinkedFiles,
    private readonly references: FileReferences,
    private readonly address: PublicAddress,
    private readonly clock: Clock,
  ) {
    this.signer = new UrlSigner(secrets.deriveAll('signed urls'));
  }

  onModuleInit(): void {
    this.references.add({ table: 'doctor_files', column: 'hash' });
    this.served.add((id) => this.fetched(id));
  }

  of(runId: string, until: Date): RunFiles {
    const writing: Promise<void>[] = [];
    const asked = new Map<string, number>();
    return {
      serve: (file) => {
        const id = newId();
        writing.push(this.keep(runId, id, file));
        return this.link(id, file, until, () => asked.get(id) ?? 0);
      },
      ready: async () => {
        await Promise.all(writing.splice(0));
      },
      count: async () => {
        const sql = 'SELECT id, asked FROM doctor_files WHERE run_id = $1 AND asked > 0';
        for (const row of await this.db.query<{ id: string; asked: number }>(sql, [runId]))
          asked.set(row.id, row.asked);
      },
      close: () => {},
    };
  }

  /** A link that is over is signed for the past: the agent meets what the market would answer. */
  private link(id: string, file: FileToServe, until: Date, asked: () => number): ServedFile {
    const { name, media_type, bytes, expired } = file;
    const expiresAt = expired ? new Date(this.clock.now().getTime() - SECOND_MS) : until;
    const url = `${this.address.url}${this.signer.sign(`/files/attachments/${id}`, expiresAt)}`;
    return { attachment: { name, media_type, size: bytes.byteLength, url }, asked };
  }

  private async keep(runId: string, id: string, { name, media_type, bytes }: FileToServe): Promise<void> {
    const { hash, size } = await this.storage.put(bytes);
    await this.db.query(
      'INSERT INTO doctor_files (id, run_id, name, media_type, size, hash) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, runId, name, media_type, size, hash],
    );
  }

  private async fetched(id: string): Promise<LinkedFile | null> {
    const [file] = await this.db.transaction((tx) =>
      rows<LinkedFile>(
        tx,
        `UPDATE doctor_files SET asked = asked + 1 WHERE id = $1 RETURNING name, media_type AS "mediaType", hash, size`,
        [id],
      ),
    );
    return file ?? null;
  }
}
