import { z } from 'zod';
import { type Ballot, leanOf, type Question, type Side } from './jury.js';
import { learnWeights } from './weights.js';

/** Votes that somebody recorded elsewhere, in the words that recordings use. */

const Id = z.union([z.string(), z.number()]).transform(String);
const Word = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const RecordedLine = z.object({
  item: Id,
  judge: Id.nullish(),
  order: z.union([Word, z.array(z.string())]).nullish(),
  vote: Word.optional(),
  label: Word.optional(),
  kind: z.string().nullish(),
  /** What an item's two answers are called, where votes name them so. */
  a: z.unknown().optional(),
  b: z.unknown().optional(),
});
export type RecordedLine = z.infer<typeof RecordedLine>;

/** What a vote's word stands for: an answer, whatever the order, or a place in the order that was shown. */
export type Naming = 'answers' | 'places';

/** A recording that can't be read; the message says where and why. */
export class BadRecording extends Error {}

/** Judges whose votes are the labels. */
const LABELLERS = new Set(['label', 'labels', 'gold', 'truth', 'buyer', 'human']);

const WORDS = mapOf<1 | -1 | 0>({
  ...{ a: 1, yes: 1, y: 1, true: 1, 'a>b': 1, 'a>>b': 1, 'b<a': 1, 'b<<a': 1 },
  ...{ b: -1, no: -1, n: -1, false: -1, 'b>a': -1, 'b>>a': -1, 'a<b': -1, 'a<<b': -1 },
  ...{ tie: 0, draw: 0, equal: 0, same: 0, both: 0, neither: 0, c: 0, 'a=b': 0 },
});
const PLACES = mapOf<1 | -1>({ first: 1, left: 1, second: -1, right: -1 });
const ORDERS = mapOf<'ab' | 'ba'>({
  ...{ ab: 'ab', original: 'ab', normal: 'ab', forward: 'ab', false: 'ab', a: 'ab' },
  ...{ ba: 'ba', swapped: 'ba', swap: 'ba', reversed: 'ba', reverse: 'ba', true: 'ba', b: 'ba' },
});

export interface Recording {
  readonly judges: readonly string[];
  readonly questions: readonly Question[];
  readonly naming: Naming;
  /** Votes whose words say nothing, by word. */
  readonly unread: ReadonlyMap<string, number>;
}

/**
 * @param naming what votes name; undefined: answers, unless labels and both orders together speak clearly for places
 * @throws BadRecording
 */
export function readRecording(lines: readonly RecordedLine[], naming?: Naming): Recording {
  const numbers = new Set(lines.flatMap(({ vote, label }) => [vote, label]).map((word) => `${word}`));
  const orders = new Set(lines.map(({ order }) => `${order}`));
  const unread = new Map<string, number>();
  const labels = new Map<string, 1 | -1 | 0>();
  const kinds = new Map<string, string>();
  const names = new Map(lines.filter(({ a, b }) => a && b).map(({ item, a, b }) => [item, [`${a}`, `${b}`] as const]));
  const ballots: (Ballot & { readonly isPlace: boolean })[] = [];
  for (const [at, line] of lines.entries()) {
    const side = (word: unknown): Side => sideOf(word, names.get(line.item), numbers);
    const isLabel = line.judge == null || LABELLERS.has(line.judge.toLowerCase());
    keepLabel(labels, line, side, isLabel, at);
    if (line.kind) kinds.set(line.item, line.kind);
    if (isLabel || !line.judge) continue;
    const order = orderOf(line.order, orders, at);
    const vote = side(line.vote);
    const place = PLACES.get(cleaned(line.vote));
    if (vote === null && place === undefined) unread.set(`${line.vote}`, (unread.get(`${line.vote}`) ?? 0) + 1);
    const isPlace = place !== undefined;
    const { item, judge } = line;
    ballots.push({ item, judge, order, isPlace, vote: isPlace ? turned(place, order) : vote });
  }
  if (ballots.length === 0) throw new BadRecording('There is no vote of any judge in it.');
  const judges = [...new Set(ballots.map(({ judge }) => judge))];
  const asked = (all: readonly Ballot[]) => questionsOf(all, judges, labels, kinds);
  const asAnswers = asked(ballots);
  const asPlaces = asked(
    ballots.map((ballot) => (ballot.isPlace ? ballot : { ...ballot, vote: turned(ballot.vote, ballot.order) })),
  );
  const chosen = naming ?? likelier(judges, asAnswers, asPlaces);
  return { judges, questions: chosen === 'places' ? asPlaces : asAnswers, naming: chosen, unread };
}

function keepLabel(
  labels: Map<string, 1 | -1 | 0>,
  { item, label, vote }: RecordedLine,
  side: (word: unknown) => Side,
  isLabel: boolean,
  at: number,
): void {
  const word = label ?? (isLabel ? vote : undefined);
  if (word === undefined || word === null || word === '') return;
  const known = side(word);
  if (known === null) throw new BadRecording(`Line ${at + 1}: "${word}" is no label; a, b and tie are.`);
  const before = labels.get(item);
  if (before !== undefined && before !== known) throw new BadRecording(`Line ${at + 1}: ${item} has two labels.`);
  labels.set(item, known);
}

function questionsOf(
  ballots: readonly Ballot[],
  judges: readonly string[],
  labels: ReadonlyMap<string, 1 | -1 | 0>,
  kinds: ReadonlyMap<string, string>,
): Question[] {
  const byItem = Map.groupBy(ballots, ({ item }) => item);
  return [...byItem].map(([item, own]) => {
    const byJudge = Map.groupBy(own, ({ judge }) => judge);
    const leans = judges.map((judge) => leanOf(byJudge.get(judge) ?? []));
    return { item, kind: kinds.get(item) ?? '', leans, label: labels.get(item) || null };
  });
}

/** How much better one reading must foretell the labels (as a ratio of likelihoods, logged) to go against the default. */
const CLEARLY = 3;

/** Read the wrong way, the orders of a judge that looks at the work contradict each other, and nothing foretells the labels. */
function likelier(judges: readonly string[], answers: readonly Question[], places: readonly Question[]): Naming {
  const evidence = (questions: readonly Question[]) =>
    learnWeights(
      judges,
      questions.flatMap(({ leans, label }) => (label === null ? [] : [{ leans, right: label }])),
    ).logEvidence;
  return evidence(places) - evidence(answers) > CLEARLY ? 'places' : 'answers';
}

/** The place that was named, as an answer. */
function turned(vote: Side, order: 'ab' | 'ba' | null): Side {
  return vote === null || order !== 'ba' ? vote : vote === 1 ? -1 : vote === -1 ? 1 : 0;
}

function sideOf(word: unknown, names: readonly [string, string] | undefined, numbers: ReadonlySet<string>): Side {
  if (names && `${word}` === names[0]) return 1;
  if (names && `${word}` === names[1]) return -1;
  const text = cleaned(word);
  if (text.startsWith('tie')) return 0;
  return WORDS.get(text) ?? numberedSide(text, numbers);
}

/** 1 and 2 number the answers; with 0, or -1, a 1 is for a. */
function numberedSide(text: string, numbers: ReadonlySet<string>): Side {
  if (text === '1') return 1;
  if (text === '2' || text === '-1') return -1;
  if (text === '0.5') return 0;
  if (text === '0') return numbers.has('-1') || numbers.has('2') ? 0 : -1;
  return null;
}

function orderOf(given: RecordedLine['order'], all: ReadonlySet<string>, at: number): 'ab' | 'ba' | null {
  if (given === null || given === undefined || given === '') return null;
  const text = Array.isArray(given) ? given.join('').toLowerCase() : cleaned(given).replace(/[^a-z0-9]|first$/g, '');
  const numbered = { 0: 'ab', 1: all.has('2') ? 'ab' : 'ba', 2: 'ba' } as const;
  const order = ORDERS.get(text) ?? (text === '0' || text === '1' || text === '2' ? numbered[text] : undefined);
  if (!order) throw new BadRecording(`Line ${at + 1}: "${given}" is no order; ab and ba are.`);
  return order;
}

/** `[[A]]`, `Answer A` and `model_a` are all a. */
function cleaned(word: unknown): string {
  return `${word}`
    .toLowerCase()
    .replace(/[[\]"'\s]|\.$/g, '')
    .replace(/^(?:answer|model|response|output|assistant|option|candidate)[_-]*/, '');
}

function mapOf<T>(values: Readonly<{ [word: string]: T }>): ReadonlyMap<string, T> {
  return new Map(Object.entries(values));
}
