import { Injectable } from '@nestjs/common';
import { Db } from '../platform/database/db.js';
import { type AuditProblem, type AuditReport, auditReport } from './audit.js';
import { broken, counts, RULES } from './audit.queries.js';

/** Recomputes the whole ledger from its entries. */
@Injectable()
export class Audit {
  constructor(private readonly db: Db) {}

  /** Reads everything as of one moment, changes nothing and stops nobody. Its time grows with the ledger. */
  async run(): Promise<AuditReport> {
    return this.db.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      const problems: AuditProblem[] = [];
      for (const rule of RULES) problems.push(...(await broken(tx, rule)));
      return auditReport(await counts(tx), problems);
    });
  }
}
