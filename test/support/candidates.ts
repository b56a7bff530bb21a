import { decided } from '../../src/triage/decide.js';
import {
  type Candidate,
  type CandidateRecord,
  type Decision,
  NO_RECORD,
  type TriageRequest,
} from '../../src/triage/decision.js';
import { POLICY, type Policy } from '../../src/triage/policy.js';

export const DECIDED_AT = '2026-03-01T12:00:00.000Z';

export type CandidateChanges = Partial<Omit<Candidate, 'record'>> & { readonly record?: Partial<CandidateRecord> };

/** A live, healthy agent of its own operator that fits the task type, well tried and middling, but for the changes. */
export function aCandidate(name: string, { record, ...changes }: CandidateChanges = {}): Candidate {
  return {
    agentId: `agent-${name}`,
    operatorId: `operator-${name}`,
    name,
    version: 1,
    minPrice: 1,
    beta: false,
    health: 'healthy',
    exactType: true,
    specialist: false,
    tries: 20,
    ...changes,
    record: { ...NO_RECORD, ...record },
  };
}

/** A record of so many bids with the same score, each a second long. */
export function scoring(score: number, bids = 10): Partial<CandidateRecord> {
  return {
    recent: Array.from({ length: bids }, () => score),
    recentMs: Array.from({ length: bids }, () => 1_000),
    all: { judged: bids, mean: score },
  };
}

export interface DecideOptions extends Partial<Pick<TriageRequest, 'places' | 'experimentation' | 'seed'>> {
  readonly policy?: Policy;
}

export function decide(candidates: readonly Candidate[], { policy = POLICY, ...asked }: DecideOptions = {}): Decision {
  const request = {
    taskId: 'task',
    round: 1,
    buyerId: 'buyer',
    category: 'data',
    taskType: 'csv-cleaning',
    budget: 100,
    places: 5,
    experimentation: 0.3,
    seed: '5eed',
    ...asked,
  };
  return decided({
    id: 'decision',
    at: DECIDED_AT,
    request,
    policy,
    candidates,
    leftOut: { counts: {}, complete: true },
  });
}
