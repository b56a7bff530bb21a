import type { JudgedCriterion, Judgement, Met } from '../judgement.schema.js';
import { rescored } from '../rescored.js';
import type { Vote } from '../vote.js';
import { decide, type Jury } from './jury.js';
import type { Verdict } from './weights.js';

/** Changes whenever the same votes and weights may be judged differently than before. */
export const PANEL_VERSION = '1';

/** How far judges are believed who all say the same, when nobody knows how good they are. */
const ALIKE = 0.75;

/** Below this a lean is a tie, and the criterion stays open. */
const SAYS_SO = 0.6;

/**
 * One judgement out of what the rules found and what several judges voted on the criteria that the rules left open. The weights
 * decide, where enough picks are known; a tie stays unknown, so the score's interval keeps its width. Without weights no judge is
 * put above another: only what all who answer agree on counts, and the rest is as the rules left it.
 *
 * @param jury null: too few picks are known
 */
export function combined(ruled: Judgement, votes: readonly Vote[], jury: Jury | null): Judgement {
  const counted = votes.filter(({ against, flags }) => against === null && flags.length === 0);
  const byCriterion = Map.groupBy(counted, ({ criterion }) => criterion);
  if (byCriterion.size === 0) return ruled;
  const criteria = ruled.criteria.map((criterion) => {
    const own = byCriterion.get(criterion.key);
    return criterion.met === 'unknown' && own ? { ...criterion, ...together(criterion, own, jury) } : criterion;
  });
  return rescored({ ...ruled, judge: 'panel', judge_version: PANEL_VERSION, criteria });
}

function together({ source }: JudgedCriterion, votes: readonly Vote[], jury: Jury | null) {
  const leans = new Map([...Map.groupBy(votes, ({ judge }) => judge)].map(([judge, own]) => [judge, leanOfOne(own)]));
  const said = [...leans].map(([judge, lean]) => `${judge}: ${wordOf(lean)}`).join(', ');
  if (!jury) return unanimous([...leans.values()], said);
  const verdict = decide(jury, { kind: source, leans: jury.judges.map((judge) => leans.get(judge) ?? 0) });
  const confidence = Math.max(verdict.probability, 1 - verdict.probability);
  return { met: metOf(verdict), confidence, evidence: `${said}; weighed by buyers' picks: ${shown(verdict)}` };
}

function unanimous(leans: readonly number[], said: string) {
  const answering = leans.filter((lean) => lean !== 0);
  const agreed = answering.every((lean) => lean > 0 === (answering[0] ?? 0) > 0);
  if (answering.length === 0) return { met: 'unknown' as const, confidence: 0, evidence: said };
  if (!agreed)
    return {
      met: 'unknown' as const,
      confidence: 0,
      evidence: `${said}; too few picks are known to say whom to believe`,
    };
  const met: Met = (answering[0] ?? 0) > 0 ? 'yes' : 'no';
  return { met, confidence: ALIKE, evidence: `${said}; all alike` };
}

/** Asked in several wordings, a judge must answer them alike. */
function leanOfOne(votes: readonly Vote[]): number {
  const [answer, ...others] = new Set(votes.map(({ vote }) => vote));
  return others.length > 0 ? 0 : answer === 'yes' ? 1 : answer === 'no' ? -1 : 0;
}

function metOf({ probability }: Verdict): Met {
  return probability >= SAYS_SO ? 'yes' : probability <= 1 - SAYS_SO ? 'no' : 'unknown';
}

function wordOf(lean: number): string {
  return lean === 0 ? 'no answer' : lean > 0 ? 'yes' : 'no';
}

function shown({ probability, low, high }: Verdict): string {
  const percent = (share: number) => Math.round(100 * share);
  return `yes at ${percent(probability)} % (${percent(low)} to ${percent(high)})`;
}
