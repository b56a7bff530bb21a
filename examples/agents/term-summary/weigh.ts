import { holds, type Sentence, termsOf } from '../lib/prose.ts';
import type { SummaryBrief } from '../lib/summary-brief.ts';

/** How much each term tells: rare in the text as a whole, more when the brief names it. */
export function termWeights(sentences: readonly Sentence[], topic: string): Map<string, number> {
  const sentencesWith = new Map<string, number>();
  const times = new Map<string, number>();
  for (const { terms } of sentences) {
    for (const term of terms) times.set(term, (times.get(term) ?? 0) + 1);
    for (const term of new Set(terms)) sentencesWith.set(term, (sentencesWith.get(term) ?? 0) + 1);
  }
  const asked = new Set(termsOf(topic));
  return new Map(
    [...times].map(([term, count]) => {
      const rarity = Math.log(1 + sentences.length / (sentencesWith.get(term) ?? 1));
      return [term, Math.log(1 + count) * rarity * (asked.has(term) ? 1.6 : 1)];
    }),
  );
}

/** A source of chance that can be replayed: numbers from 0 to below 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Unit {
  sentence: Sentence;
  /** Numbers of its terms. */
  terms: number[];
  /** Which of the terms that must be mentioned it holds. */
  mentions: number[];
}

/**
 * Searches for the set of sentences that covers the most weight of terms in the words allowed: simulated annealing,
 * where a step swaps sentences in and out. Longer searches find better sets.
 */
export class Search {
  private readonly units: Unit[];
  private readonly weights: number[];
  private readonly brief: SummaryBrief;
  private readonly random: () => number;
  private readonly inside = new Set<number>();
  private readonly termCounts: Uint16Array;
  private readonly mentionCounts: Uint16Array;
  private words = 0;
  private value = 0;
  private bestValue = -1;
  private best: number[] = [];

  constructor(sentences: readonly Sentence[], brief: SummaryBrief, random: () => number) {
    const weights = [...termWeights(sentences, brief.topic)];
    const numbers = new Map(weights.map(([term], number) => [term, number]));
    this.weights = weights.map(([, weight]) => weight);
    this.brief = brief;
    this.random = random;
    this.termCounts = new Uint16Array(weights.length);
    this.mentionCounts = new Uint16Array(brief.mustMention.length);
    this.units = sentences
      .filter(({ text, length }) => length <= brief.maxWords && !brief.avoid.some((term) => holds(text, term)))
      .map((sentence) => ({
        sentence,
        terms: [...new Set(sentence.terms)].map((term) => numbers.get(term) ?? 0),
        mentions: brief.mustMention.flatMap((term, number) => (holds(sentence.text, term) ? [number] : [])),
      }));
  }

  /** Takes so many steps, from hot to cold. */
  run(steps: number): void {
    if (this.units.length === 0) return;
    const total = this.weights.reduce((sum, weight) => sum + weight, 0);
    for (let step = 0; step < steps; step++) this.step(0.03 * total * (1 - step / steps) ** 2 + 1e-9);
  }

  /** The best set so far, in the order of the text. */
  result(): string[] {
    return this.best
      .map((at) => this.units[at]?.sentence)
      .filter((sentence) => sentence !== undefined)
      .toSorted((a, b) => a.at - b.at)
      .map(({ text }) => text);
  }

  private step(heat: number): void {
    const before = this.value;
    const at = Math.floor(this.random() * this.units.length);
    const changed = [at];
    this.toggle(at);
    while (this.inside.size > 0 && this.isTooMuch()) {
      const out = this.someInside();
      changed.push(out);
      this.toggle(out);
    }
    const isAccepted = this.value >= before || this.random() < Math.exp((this.value - before) / heat);
    if (!isAccepted) for (const one of changed.toReversed()) this.toggle(one);
    if (this.value > this.bestValue) {
      this.bestValue = this.value;
      this.best = [...this.inside];
    }
  }

  private isTooMuch(): boolean {
    return this.words > this.brief.maxWords || (this.brief.format === 'bullets' && this.inside.size > 9);
  }

  private someInside(): number {
    const list = [...this.inside];
    return list[Math.floor(this.random() * list.length)] ?? 0;
  }

  /** Puts a sentence in, or takes it out, and keeps the value up to date: a covered term counts once. */
  private toggle(at: number): void {
    const unit = this.units[at];
    if (!unit) return;
    const sign = this.inside.has(at) ? -1 : 1;
    if (sign > 0) this.inside.add(at);
    else this.inside.delete(at);
    this.words += sign * unit.sentence.length;
    for (const term of unit.terms) this.value += this.turned(this.termCounts, term, sign) * (this.weights[term] ?? 0);
    const must = 0.2 * this.weights.length;
    for (const mention of unit.mentions) this.value += this.turned(this.mentionCounts, mention, sign) * must;
  }

  /** 1 when the count leaves 0, -1 when it comes back to it, else 0. */
  private turned(counts: Uint16Array, number: number, sign: number): number {
    const count = (counts[number] ?? 0) + sign;
    counts[number] = count;
    return sign > 0 ? Number(count === 1) : -Number(count === 0);
  }
}
