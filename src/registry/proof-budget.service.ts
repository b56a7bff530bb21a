import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Db } from '../platform/database/db.js';

const HOUR_MS = 3_600_000;

/**
 * How often one host is asked in vain for a proof, over all processes and agents: whoever registers the addresses of strangers
 * can't make this server call them often. A host that proves itself costs nothing.
 */
@Injectable()
export class ProofBudget {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Takes one try for the endpoint's host. @returns null: go on; or until when the host is left alone */
  async take(endpointUrl: string): Promise<Date | null> {
    const now = this.clock.now();
    const hourAgo = new Date(now.getTime() - HOUR_MS);
    const { host } = new URL(endpointUrl);
    const taken = await this.db.query(
      `INSERT INTO proof_hosts AS h (host, since, used) VALUES ($1, $2, 1)
       ON CONFLICT (host) DO UPDATE SET
         since = CASE WHEN h.since <= $3 THEN $2 ELSE h.since END,
         used = CASE WHEN h.since <= $3 THEN 1 ELSE h.used + 1 END
       WHERE h.since <= $3 OR h.used < $4
       RETURNING used`,
      [host, now, hourAgo, this.config.PROOFS_PER_HOST_PER_HOUR],
    );
    if (taken.length > 0) return null;
    const [full] = await this.db.query<{ since: Date }>('SELECT since FROM proof_hosts WHERE host = $1', [host]);
    return new Date((full?.since.getTime() ?? now.getTime()) + HOUR_MS);
  }

  /** The host has proven itself: the try was none in vain. */
  async giveBack(endpointUrl: string): Promise<void> {
    const { host } = new URL(endpointUrl);
    await this.db.query('UPDATE proof_hosts SET used = greatest(used - 1, 0) WHERE host = $1', [host]);
  }

  async forgetOld(now: Date): Promise<void> {
    await this.db.query('DELETE FROM proof_hosts WHERE since <= $1', [new Date(now.getTime() - HOUR_MS)]);
  }
}
