import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { SecretBox } from '../platform/crypto/secrets.js';
import { UrlSigner } from '../platform/crypto/signed-url.js';
import { newId } from '../platform/crypto/tokens.js';
import { Db } from '../platform/database/db.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { LinkedFiles } from '../platform/storage/linked-files.js';
import { FileReferences } from '../platform/storage/references.js';
import { Storage } from '../platform/storage/storage.js';
import { BenchmarkFile } from './benchmark.entity.js';
import type { FixtureFile } from './fixtures/fixture.js';

const DAY_MS = 86_400_000;

/** A file with the address that its agent is sent. */
export interface FixtureLink {
  readonly row: BenchmarkFile;
  readonly attachment: { name: string; url: string; media_type: string; size: number };
}

/** The files of fixtures: stored, signed and served as the attachments of any task, so that no link tells them apart. */
@Injectable()
export class FixtureLinks implements OnModuleInit {
  private readonly signer: UrlSigner;

  constructor(
    secrets: SecretBox,
    private readonly db: Db,
    private readonly storage: Storage,
    private readonly served: LinkedFiles,
    private readonly references: FileReferences,
    private readonly address: PublicAddress,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    this.signer = new UrlSigner(secrets.deriveAll('signed urls'));
  }

  onModuleInit(): void {
    this.references.add({ table: 'benchmark_files', column: 'hash' });
    this.served.add((id) => this.db.dataSource.manager.findOneBy(BenchmarkFile, { id }));
  }

  /** Puts the files into storage, before the transaction that inserts their rows. */
  async ready(caseId: string, files: readonly FixtureFile[], atLeast: Date): Promise<FixtureLink[]> {
    return Promise.all(files.map((file, position) => this.one(caseId, position, file, atLeast)));
  }

  /** Forgets files whose links are long over. */
  async forget(now: Date): Promise<void> {
    await this.db.query('DELETE FROM benchmark_files WHERE created_at < $1', [
      new Date(now.getTime() - this.config.TRACE_DAYS * DAY_MS),
    ]);
  }

  private async one(caseId: string, position: number, file: FixtureFile, atLeast: Date): Promise<FixtureLink> {
    const { hash, size } = await this.storage.put(Buffer.from(file.content));
    const [createdAt, { name, mediaType }] = [this.clock.now(), file];
    const facts = { id: newId(), caseId, position, name, mediaType, size, hash, createdAt };
    const row = Object.assign(new BenchmarkFile(), facts);
    return { row, attachment: { name, url: this.to(row.id, createdAt, atLeast), media_type: mediaType, size } };
  }

  private to(id: string, now: Date, atLeast: Date): string {
    const until = now.getTime() + this.config.SIGNED_URL_MINUTES * 60_000;
    const expiresAt = new Date(Math.max(until, atLeast.getTime()));
    return `${this.address.url}${this.signer.sign(`/files/attachments/${id}`, expiresAt)}`;
  }
}
