import type { Candidate, CandidateRecord, Decision, Scored } from './decision.js';
import { isThrottled } from './places.js';
import { redecided } from './replay.js';
import { score, trust } from './score.js';

/** One thing that could have been different, and what would have come of it with all else as it was. */
export interface Lever {
  readonly code:
    | 'sibling'
    | 'exact_type'
    | 'specialist'
    | 'health'
    | 'setbacks'
    | 'deliveries'
    | 'beta'
    | 'speed'
    | 'record'
    | 'wins'
    | 'relevance'
    | 'all_together';
  /** A condition in words: "with 3 answers in time". */
  readonly change: string;
  /** Whether it alone would have brought a place by merit. */
  readonly enough: boolean;
  readonly score: number;
  readonly rank: number;
}

/** Bids of its own that are supposed for a better record: the fewest that would do. */
const MORE_BIDS = [1, 3, 5, 10] as const;
const FASTEST_MS = 1_000;
/** Judged answers halve the setbacks each; after so many none is left of ten. */
const MOST_ANSWERS = 4;
const MOST_PICKS = 10;

interface Result {
  readonly called: boolean;
  readonly score: number;
  readonly rank: number;
}

/** What else would have been, had the agent been like this. */
type Suppose = (changed: Candidate, without?: ReadonlySet<string>) => Result;

/**
 * What would have brought a candidate a place by merit, each found by computing its score again under the decision's own policy:
 * the least change that does, or the most that this one thing can do. Empty for whoever had such a place.
 */
export function levers(decision: Decision, agentId: string): Lever[] {
  const base = redecided(decision);
  const own = base.candidates.find((candidate) => candidate.agentId === agentId);
  const seat = base.chosen.find((chosen) => chosen.agentId === agentId);
  if (!own || seat?.place === 'merit') return [];
  const suppose = supposing(base, own);
  const found = [
    ...siblings(base, own, suppose),
    ...capability(base, own, suppose),
    ...condition(own, suppose),
    ...speed(own, suppose),
    ...record(own, suppose),
    ...wins(own, suppose),
    ...relevance(own, suppose),
  ].filter((lever) => lever.enough || lever.score > own.score);
  const list = found.some(({ enough }) => enough) ? found : [...found, allTogether(own, suppose)];
  const [enough, short] = [list.filter((one) => one.enough), list.filter((one) => !one.enough)];
  return [...enough, ...short.toSorted((a, b) => b.score - a.score)];
}

function supposing(base: Decision, own: Scored): Suppose {
  const explored = base.chosen.filter(({ place }) => place === 'exploration').map(({ operatorId }) => operatorId);
  const taken = new Set(explored.filter((operatorId) => operatorId !== own.operatorId));
  const byMerit = Math.max(1, base.chosen.length - explored.length);
  const others = base.candidates.filter(({ agentId }) => agentId !== own.agentId);
  return (changed, without = new Set()) => {
    const again = { ...own, ...changed, ...score(changed, base.market, base.policy, base.at) };
    const ranked = [...others.filter(({ agentId }) => !without.has(agentId)), again].toSorted(
      (a, b) => b.score - a.score,
    );
    const able = ranked.filter((one) => !isThrottled(one, base.policy));
    const open = (able.length > 0 ? able : ranked).filter(({ operatorId }) => !taken.has(operatorId));
    const firsts = [...Map.groupBy(open, ({ operatorId }) => operatorId).values()].flatMap(([first]) => first ?? []);
    const place = firsts.findIndex(({ agentId }) => agentId === own.agentId);
    const rank = ranked.findIndex(({ agentId }) => agentId === own.agentId) + 1;
    return { called: place >= 0 && place < byMerit, score: again.score, rank };
  };
}

function lever(code: Lever['code'], change: string, { called, score: points, rank }: Result): Lever {
  return { code, change, enough: called, score: points, rank };
}

function siblings({ candidates }: Decision, own: Scored, suppose: Suppose): Lever[] {
  const better = candidates.filter(
    ({ agentId, operatorId, rank }) => operatorId === own.operatorId && agentId !== own.agentId && rank < own.rank,
  );
  if (better.length === 0) return [];
  const names = better.map(({ name }) => `"${name}"`).join(', ');
  const result = suppose(own, new Set(better.map(({ agentId }) => agentId)));
  return [lever('sibling', `without ${names} of the same operator in the round, such as while paused`, result)];
}

function capability({ request }: Decision, own: Scored, suppose: Suppose): Lever[] {
  const type = `"${request.taskType}"`;
  const exact = { ...own, exactType: true };
  const specialist = { ...exact, specialist: true };
  return [
    ...(own.exactType ? [] : [lever('exact_type', `passing the benchmark for ${type} itself`, suppose(exact))]),
    ...(own.specialist
      ? []
      : [
          lever(
            'specialist',
            `declared as a specialist in ${type}${own.exactType ? '' : ', with its benchmark passed'}`,
            suppose(specialist),
          ),
        ]),
  ];
}

function condition(own: Scored, suppose: Suppose): Lever[] {
  const { health, beta } = own;
  return [
    ...(health === 'healthy'
      ? []
      : [lever('health', 'answering every health probe', suppose({ ...own, health: 'healthy' }))]),
    ...(beta ? [lever('beta', 'live instead of in beta', suppose({ ...own, beta: false }))] : []),
    ...(own.record.setbacks > 0 ? [answersInTime(own, suppose)] : []),
    ...(trust(own.record, { keptPrior: 1 }) < 1
      ? [
          lever(
            'deliveries',
            'with deliveries that kept what its prototypes promised',
            suppose(withRecord(own, { kept: [] })),
          ),
        ]
      : []),
  ];
}

/** As the standing counts: each judged bid halves the setbacks. */
function answersInTime(own: Scored, suppose: Suppose): Lever {
  const after = (answers: number) =>
    suppose(withRecord(own, { setbacks: Math.floor(own.record.setbacks / 2 ** answers) }));
  const answers = leastOf(
    MOST_ANSWERS,
    (count) => after(count).called || after(count).score === after(count + 1).score,
  );
  const counted = answers === 1 ? 'one answer' : `${answers} answers`;
  return lever('setbacks', `with ${counted} in time, without a late or failed call between`, after(answers));
}

function speed(own: Scored, suppose: Suppose): Lever[] {
  const { recentMs } = own.record;
  if (recentMs.length === 0) return [];
  const at = (ms: number) => suppose(withRecord(own, { recentMs: recentMs.map((took) => Math.min(took, ms)) }));
  const slowest = Math.max(...recentMs);
  if (slowest <= FASTEST_MS) return [];
  let [fits, fails] = [FASTEST_MS, slowest];
  if (at(fits).called) {
    while (fails - fits > Math.max(500, fits * 0.05)) {
      const between = Math.floor((fits + fails) / 2);
      if (at(between).called) fits = between;
      else fails = between;
    }
  }
  const seconds = Math.floor(fits / 1_000);
  return [
    lever(
      'speed',
      `with every prototype within ${seconds} s (the slowest of late took ${Math.ceil(slowest / 1_000)} s)`,
      at(fits),
    ),
  ];
}

function record(own: Scored, suppose: Suppose): Lever[] {
  const after = (bids: number, points: number) => suppose(withBids(own, bids, points));
  const bids = MORE_BIDS.find((count) => after(count, 100).called);
  if (bids === undefined) {
    const most = MORE_BIDS.at(-1) ?? 10;
    return [
      lever('record', `with ${most} more bids judged far better than the others of their rounds`, after(most, 100)),
    ];
  }
  const points = leastOf(100, (count) => after(bids, count).called);
  const counted = bids === 1 ? 'one more bid' : `${bids} more bids`;
  return [
    lever(
      'record',
      `with ${counted} judged at ${points} points or more, where 50 is the middle of a round`,
      after(bids, points),
    ),
  ];
}

function wins(own: Scored, suppose: Suppose): Lever[] {
  const { presented, picked } = own.record;
  const after = (more: number) => suppose(withRecord(own, { presented: presented + more, picked: picked + more }));
  const more = leastOf(MOST_PICKS, (count) => after(count).called);
  return [lever('wins', `with ${more} more of its bids picked by ${more === 1 ? 'a buyer' : 'buyers'}`, after(more))];
}

function relevance(own: Scored, suppose: Suppose): Lever[] {
  const { relevance: fit } = own;
  if (!fit || fit.value >= 1) return [];
  const at = (percent: number) => suppose({ ...own, relevance: { ...fit, value: Math.max(fit.value, percent / 100) } });
  const percent = leastOf(100, (count) => at(count).called);
  const now = Math.round(fit.value * 100);
  return [
    lever(
      'relevance',
      `with declared capabilities and texts that fit the brief to ${percent} % (now ${now} %)`,
      at(percent),
    ),
  ];
}

function allTogether(own: Scored, suppose: Suppose): Lever {
  const best = withBids(withRecord(own, { setbacks: 0, recentMs: own.record.recentMs.map(() => FASTEST_MS) }), 10, 100);
  const result = suppose({ ...best, exactType: true, specialist: true, health: 'healthy', beta: false });
  return lever('all_together', 'all of this together, with ten more bids at the top of their rounds', result);
}

/** The least of 1..most of which it is true; `most` when it is true of none. It must stay true once it is. */
function leastOf(most: number, isTrue: (count: number) => boolean): number {
  let [low, high] = [1, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function withRecord(own: Candidate, changes: Partial<CandidateRecord>): Candidate {
  return { ...own, record: { ...own.record, ...changes } };
}

/** The same agent after so many more judged bids of these points, each as fast as its bids mostly are. */
function withBids(own: Candidate, bids: number, points: number): Candidate {
  const { recent, recentMs, all, here } = own.record;
  const grown = (known: { judged: number; mean: number }) => ({
    judged: known.judged + bids,
    mean: (known.mean * known.judged + points * bids) / (known.judged + bids),
  });
  const usual = recentMs.toSorted((a, b) => a - b)[Math.floor(recentMs.length / 2)];
  const more = <T>(value: T) => Array.from({ length: bids }, () => value);
  return withRecord(own, {
    recent: [...more(points), ...recent].slice(0, 20),
    recentMs: usual === undefined ? recentMs : [...more(usual), ...recentMs].slice(0, 20),
    all: grown(all),
    ...(here ? { here: grown(here) } : {}),
  });
}
