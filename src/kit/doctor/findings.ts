import { CHECKS, type Check, type Verdict } from '@bakeoff/agent-kit/doctor';
import type { DoctorCheckView, DoctorRunView } from './doctor.schema.js';

/** A finding as it is kept. */
export interface Kept {
  readonly key: string;
  readonly verdict: Verdict;
  readonly seen: string;
  readonly fix: string | null;
  readonly took_ms: number;
}

export interface DoctorRun {
  readonly id: string;
  readonly agentId: string;
  readonly status: DoctorRunView['status'];
  readonly reason: string | null;
  /** How often a worker has begun it. */
  readonly attempt: number;
  readonly findings: readonly Kept[];
  readonly startedAt: Date;
  readonly deadlineAt: Date;
  readonly finishedAt: Date | null;
}

const STATUS_OF = { pass: 'passed', warn: 'warned', fail: 'failed', skipped: 'skipped' } as const satisfies Record<
  Verdict,
  DoctorCheckView['status']
>;

/** A run as its operator sees it: every check, those that are still to come too. */
export function doctorRunView(run: DoctorRun): DoctorRunView {
  const found = new Map(run.findings.map((finding) => [finding.key, finding]));
  const next = run.attempt > 0 && run.status === 'running' ? CHECKS.find(({ key }) => !found.has(key)) : undefined;
  return {
    ...{ id: run.id, agent_id: run.agentId, status: run.status, reason: run.reason },
    started_at: run.startedAt.toISOString(),
    deadline_at: run.deadlineAt.toISOString(),
    finished_at: run.finishedAt?.toISOString() ?? null,
    counts: countsOf(run.findings),
    checks: CHECKS.map((check) => checkView(check, found.get(check.key), check === next)),
  };
}

export function countsOf(findings: readonly Kept[]): DoctorRunView['counts'] {
  const counts = { passed: 0, warned: 0, failed: 0, skipped: 0 };
  for (const { verdict } of findings) counts[STATUS_OF[verdict]]++;
  return counts;
}

function checkView({ key, title, docs, fix }: Check, found: Kept | undefined, isNext: boolean): DoctorCheckView {
  if (!found) return { key, title, status: isNext ? 'running' : 'waiting', seen: null, fix: null, docs, took_ms: null };
  const { verdict, seen, took_ms } = found;
  const isWrong = verdict === 'fail' || verdict === 'warn';
  return { key, title, status: STATUS_OF[verdict], seen, fix: isWrong ? (found.fix ?? fix) : null, docs, took_ms };
}
