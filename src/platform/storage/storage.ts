import type { Readable } from 'node:stream';
import { DomainError } from '../http/errors.js';

export interface StoredFile {
  /** SHA-256 of the bytes, 64 hex digits: the file's only name. */
  readonly hash: string;
  readonly size: number;
}

export interface Sweep {
  /** Only files whose last put is older. Longer ago than any put may wait for its transaction: a day. */
  readonly olderThan: Date;
  /** Which of these hashes some row still holds. */
  readonly referenced: (hashes: string[]) => Promise<ReadonlySet<string>>;
}

/**
 * Bodies and files by the hash of their bytes. What was put is on the disk when `put` returns, so a transaction that
 * commits afterwards never points at nothing.
 */
export abstract class Storage {
  /** Keeps the bytes. Repeating it keeps one file and protects it from the sweep anew. */
  abstract put(bytes: Uint8Array): Promise<StoredFile>;

  /** @throws FileMissing, FileTooLarge (over `maxBytes`) */
  abstract get(hash: string, options?: { maxBytes?: number }): Promise<Uint8Array>;

  /** A stream of the bytes; one of a missing file emits FileMissing as its error, so ask `head` before the first header goes out. */
  abstract open(hash: string): Readable;

  /** @returns null for a file that is not there */
  abstract head(hash: string): Promise<StoredFile | null>;

  /** Removes what nobody refers to and what crashes left behind. @returns how many files went */
  abstract sweep(sweep: Sweep): Promise<number>;

  /** Brings back what was put and a power cut took. Before anything is read. @returns how many files */
  abstract recover(): Promise<number>;

  /** Has everything that was put on the disk for good, so that what is there to bring it back can go. @param unusedSince a while ago: longer than a writer lets pass */
  abstract settle(unusedSince: Date): Promise<void>;

  /** A UUID that belongs to the place itself: processes that read the same one share their files. */
  abstract folderId(): Promise<string>;
}

export class FileMissing extends DomainError {
  readonly kind = 'gone';
  readonly code = 'FILE_MISSING';

  constructor() {
    super('This file is no longer kept.', 'Nothing brings it back; ask whoever made it for another copy.');
  }
}

export class FileTooLarge extends DomainError {
  readonly kind = 'too_large';
  readonly code = 'FILE_TOO_LARGE';

  constructor(size: number, maxBytes: number) {
    super(`The file has ${size} bytes; at most ${maxBytes} are read here.`, 'Make it smaller.');
  }
}
