/** Chance that is the same for the same seed, for sets that are made up. */
export interface Chance {
  /** 0 to 1. */
  next(): number;
  below(count: number): number;
  one<T>(from: readonly T[]): T;
  some<T>(from: readonly T[], count: number): T[];
  normal(): number;
}

export function chanceOf(seed: number): Chance {
  let state = (seed * 2_654_435_769) >>> 0;
  const next = () => {
    // xorshift32 after a multiplication: enough for sets, and unlike the generators next door.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4_294_967_296;
  };
  if (state === 0) state = 1;
  for (let warm = 0; warm < 8; warm++) next();
  const below = (count: number) => Math.floor(next() * count);
  const one = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const some = <T>(from: readonly T[], count: number): T[] => {
    const left = [...from];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(below(left.length), 1)[0] as T);
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return { next, below, one, some, normal };
}
