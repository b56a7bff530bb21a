// A proposal that is tried here, and not what the product does: an agent whose deliveries fall behind its prototypes is trusted less.
import type { CandidateRecord, Remembered } from '../../src/triage/decision.ts';

/** So many deliveries that keep their promise are taken for granted. */
const PRIOR = 1;
/** The latest so many count. */
const LATEST = 6;

export class Trust {
  private readonly shares = new Map<string, readonly number[]>();

  /** @param kept the delivery's score as a share of the prototype's */
  note(agentId: string, kept: number): void {
    this.shares.set(agentId, [Math.min(1, kept), ...(this.shares.get(agentId) ?? [])].slice(0, LATEST));
  }

  /** The record as it counts with this trust. */
  weighed(agentId: string, record: CandidateRecord): CandidateRecord {
    const own = this.shares.get(agentId) ?? [];
    const trust = (PRIOR + own.reduce((all, one) => all + one, 0)) / (PRIOR + own.length);
    const less = ({ judged, mean }: Remembered): Remembered => ({ judged, mean: mean * trust });
    return { ...record, all: less(record.all), ...(record.here ? { here: less(record.here) } : {}) };
  }
}
