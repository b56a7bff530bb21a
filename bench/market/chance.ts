// All chance of the simulator, keyed by what it is for: a policy that asks other agents changes no draw of the ones it asks too.
import { random } from './product.ts';

export type Next = () => number;

/** A stream of numbers in [0, 1) for this purpose. */
export function stream(seed: string, ...purpose: readonly (string | number)[]): Next {
  return random(seed, ...purpose.map(String));
}

/** A normal number, by Box and Muller. */
export function normal(next: Next): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

export function between(next: Next, least: number, most: number): number {
  return least + (most - least) * next();
}

export function bounded(value: number, least = 0, most = 1): number {
  return Math.min(most, Math.max(least, value));
}

export function shuffled<T>(values: readonly T[], next: Next): T[] {
  return values
    .map((value) => ({ value, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
