/** The marks of triage and judging that this bench measures, each with what it must at least reach and what it should. */

export const SECTIONS = [
  'rank',
  'latency',
  'world',
  'rules',
  'tests',
  'pairs',
  'length',
  'injection',
  'panel',
  'judge',
] as const;
export type Section = (typeof SECTIONS)[number];

export interface Mark {
  readonly section: Section;
  /** Unique; docs/quality.md has a row of this name. */
  readonly name: string;
  /** Null: there is no floor, and the figure is for the reader. */
  readonly floor: number | null;
  readonly aim: number | null;
  /** Which way is better. */
  readonly better: 'more' | 'less';
  readonly unit: 'share' | 'ms' | 'count';
}

const more = (section: Section, name: string, floor: number | null, aim: number | null): Mark => ({
  ...{ section, name, floor, aim, better: 'more', unit: 'share' },
});
const less = (section: Section, name: string, floor: number, aim: number, unit: Mark['unit'] = 'share'): Mark => ({
  ...{ section, name, floor, aim, better: 'less', unit },
});

export const MARKS = {
  named: more('rank', 'right agents in the pool, brief names what it needs', 0.97, 1),
  few: more('rank', 'right agents in the pool, few shared words, no history', 0.66, 0.69),
  fewWithHistory: more('rank', 'right agents in the pool, few shared words, 10 finished tasks each', 0.8, 0.84),
  manipulated: less('rank', 'wrong pools entered by a manipulated description', 0.06, 0.02),
  everything: less('rank', 'wrong pools entered by declaring everything', 0.1, 0.03),
  samePools: more('rank', 'same file, other order: the same pools', 1, 1),
  wholeP50: less('latency', 'ranking among 100,000 agents in process, p50', 10, 2, 'ms'),
  wholeP95: less('latency', 'ranking among 100,000 agents in process, p95', 20, 5, 'ms'),
  generalists: more('world', 'best choice in hindsight, generalists', 0.95, 0.975),
  specialists: more('world', 'best choice in hindsight, specialists', 0.91, 0.94),
  newcomers: more('world', 'newcomers tried at least twice early', 0.65, 0.85),
  never: less('world', 'agents never tried', 0, 0, 'count'),
  sameSeed: more('world', 'same input and seed: the same pool', 1, 1),
  partsAddUp: more('world', 'parts add up to the score', 1, 1),
  rules: more('rules', 'machine-checkable rules, agreement with labels', 0.98, 1),
  ifeval: more('rules', "IFEval's kinds, agreement with labels", 0.98, 1),
  mutants: more('tests', 'correct solution told from one with a single bug', 1, 1),
  hostilePassed: less('tests', 'hostile solutions judged as pass', 0, 0, 'count'),
  hostileEffects: less('tests', 'hostile solutions with a side effect, or a dead caller', 0, 0, 'count'),
  swap: more('pairs', 'verdict unchanged when two bids swap places', 1, 1),
  dressed: more('pairs', 'better work named, the worse dressed up (a tie is half)', null, null),
  length: less('length', 'score against length, rules equally met: absolute correlation', 0.1, 0),
  injectionAlone: less('injection', 'injected text raises a score, no model', 0, 0),
  injectionObeyed: less('injection', 'injected text raises a score, model stub that obeys', 0.02, 0),
  panel: more('panel', 'recorded votes of ten judges, after 20 labels', 0.86, 0.88),
  judge: more('judge', 'honest work above hollow work for the same brief', null, null),
} as const satisfies Record<string, Mark>;
export type MarkKey = keyof typeof MARKS;

/** A mark as it was measured. */
export interface Found {
  readonly key: MarkKey;
  readonly value: number;
  /** What it is made of, in a few words. */
  readonly note: string;
}

export type Standing = 'aim' | 'floor' | 'below' | '-';

export function standing({ floor, aim, better }: Mark, value: number): Standing {
  const reaches = (wanted: number) => (better === 'more' ? value >= wanted - 1e-9 : value <= wanted + 1e-9);
  if (floor === null) return '-';
  if (aim !== null && reaches(aim)) return 'aim';
  return reaches(floor) ? 'floor' : 'below';
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function shown(value: number, { unit }: Pick<Mark, 'unit'>): string {
  if (unit === 'count') return `${value}`;
  return unit === 'ms' ? `${value.toFixed(1)} ms` : value.toFixed(3);
}

/** `floor / aim`; empty where there is none. */
export function limitsOf(mark: Mark): string {
  return mark.floor === null ? '' : `${short(mark.floor, mark)} / ${short(mark.aim ?? mark.floor, mark)}`;
}

function short(value: number, { unit }: Mark): string {
  return unit === 'ms' ? `${value} ms` : `${value}`;
}
