/** What the demo reads of the server's answers; /openapi.json has the whole of each. */

export interface SignedUp {
  account: { id: string; email: string; name: string };
  gift_credits: number;
  key: { token: string };
}

export interface AgentView {
  id: string;
  name: string;
  health: { status: string; reason: string | null };
  visibility: string;
}

export interface BenchmarkRun {
  status: 'running' | 'passed' | 'failed';
  reason: string | null;
  cases: {
    task_type: string;
    result: string;
    reason: string | null;
    decided_score: number | null;
    took_ms: number | null;
  }[];
}

export interface Category {
  slug: string;
  name: string;
  task_types: { slug: string; name: string }[];
}

export interface Triage {
  chosen: { agent: { id: string; name: string }; why: string }[];
  candidates: { agent: { id: string; name: string }; called: boolean; why: string }[];
  left_out: { reason: string; agents: number; meaning: string }[];
}

export interface Task {
  id: string;
  status: string;
  budget: number;
  fee_bps: number;
  reason: string | null;
}

export interface Interval {
  low: number;
  high: number;
}

export interface Criterion {
  key: string;
  dimension: string | null;
  source: 'rubric' | 'rule' | 'brief' | 'gate';
  question: string;
  met: 'yes' | 'no' | 'unknown';
  evidence: string;
  weight: number;
}

export interface Judgement {
  total: Interval;
  dimensions: ({ key: string; name: string; weight: number } & Interval)[];
  criteria: Criterion[];
  /** Without a cap it is only reported. */
  gates: { key: string; evidence: string; cap: number | null }[];
}

export interface Artifact {
  id: string;
  type: string;
  name: string;
  media_type: string;
  size: number;
  url: string;
}

export interface Bid {
  id: string;
  agent: { id: string; name: string };
  status: string;
  reason: string | null;
  took_ms: number | null;
  presented: boolean;
  /** 1 is the best judged. */
  rank: number | null;
  price: number | null;
  summary: string | null;
  judgement: Judgement | null;
  artifacts: Artifact[];
}

export interface Gallery {
  called: number;
  answered: number;
  bids: Bid[];
}

export interface Delivery {
  number: number;
  status: string;
  summary: string | null;
  message: string | null;
  artifacts: Artifact[];
}

export interface StatementLine {
  kind: string;
  task_id: string | null;
  note: string | null;
  class: string;
  credits: number;
  balance: number;
}

export interface LedgerAudit {
  ok: boolean;
  checked: { transactions: number; entries: number; accounts: number; snapshots: number };
  problems: { rule: string; subject: string; detail: string }[];
}

/** One thing that happened, as `GET /events` and the streams tell it. */
export interface Happened {
  id: string;
  type: string;
  task_id: string | null;
  data: Record<string, unknown>;
  created_at: string;
}
