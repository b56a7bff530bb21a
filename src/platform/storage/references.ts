import { Injectable } from '@nestjs/common';
import { Db } from '../database/db.js';

/** Where one module's rows name files: a table and its column of hashes. */
export interface FileReference {
  readonly table: string;
  readonly column: string;
}

/** Every place that refers to a stored file. What none of them names is swept. */
@Injectable()
export class FileReferences {
  private readonly places: FileReference[] = [];

  constructor(private readonly db: Db) {}

  /** Modules say so while they start; both names are written in our code, never taken from outside. */
  add(...places: readonly FileReference[]): void {
    this.places.push(...places);
  }

  async referenced(hashes: readonly string[]): Promise<Set<string>> {
    if (this.places.length === 0) return new Set(hashes);
    const sql = this.places
      .map(({ table, column }) => `SELECT ${column} AS hash FROM ${table} WHERE ${column} = ANY($1)`)
      .join(' UNION ');
    const found = await this.db.query<{ hash: string }>(sql, [hashes]);
    return new Set(found.map(({ hash }) => hash));
  }
}
