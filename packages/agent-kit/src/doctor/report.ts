import type { Paint } from '../cli/paint.js';
import type { Verdict } from './check.js';
import type { Diagnosis } from './diagnose.js';

const WORD: Record<Verdict, string> = { pass: 'ok  ', fail: 'FAIL', warn: 'warn', skipped: 'skip' };
const KEY_COLUMN = 18;

/** One check in a line; what is not right, with what was seen and what to do. */
export function lineOf({ verdict, seen, check, fix = check.fix }: Diagnosis, paint: Paint): string {
  const head = `  ${paint[verdict](WORD[verdict])}  ${check.key.padEnd(KEY_COLUMN)}  ${check.title}`;
  if (verdict === 'pass') return head;
  const lines = [head, `        seen: ${seen}`];
  if (verdict !== 'skipped') lines.push(`        fix:  ${fix}`, `        see:  ${paint.faint(check.docs)}`);
  return lines.join('\n');
}

export function summaryOf(found: readonly Diagnosis[]): string {
  const { pass, fail, warn, skipped } = counts(found);
  const tookMs = found.reduce((sum, one) => sum + one.tookMs, 0);
  const parts = [`${pass} passed`, `${fail} failed`];
  if (warn > 0) parts.push(`${warn} warned`);
  if (skipped > 0) parts.push(`${skipped} skipped`);
  return `${parts.join(', ')} in ${(tookMs / 1_000).toFixed(1)} s`;
}

export function jsonReport(url: string, found: readonly Diagnosis[]) {
  return {
    url,
    ok: counts(found).fail === 0,
    counts: counts(found),
    checks: found.map(({ check: { key, title, fix: general, docs }, fix = general, verdict, seen, tookMs }) => ({
      ...{ key, verdict, title, seen, took_ms: tookMs },
      ...(verdict === 'fail' || verdict === 'warn' ? { fix, docs } : {}),
    })),
  };
}

export function counts(found: readonly Diagnosis[]): Record<Verdict, number> {
  const count = { pass: 0, fail: 0, warn: 0, skipped: 0 };
  for (const { verdict } of found) count[verdict] += 1;
  return count;
}
