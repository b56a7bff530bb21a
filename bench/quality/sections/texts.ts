import { jsonLines, measured } from '../measured.ts';

export interface Side {
  readonly low: number;
  readonly high: number;
  readonly merit: number;
}

export interface PairLine {
  readonly id: string | number;
  readonly a: Side;
  readonly b: Side;
  readonly verdict: 'a' | 'b' | 'tie';
  readonly model?: { readonly flags: readonly string[]; readonly note: string | null };
}

export interface Asked {
  readonly prompt: string;
  readonly a: string;
  readonly b: string;
}

/** Puts pairs of answers through the command, in their order. */
export function judgedPairs(pairs: readonly Asked[], args: readonly string[] = []): Promise<PairLine[]> {
  return measured<PairLine>('pairs', ['-', ...args], jsonLines(pairs.map((pair, id) => ({ id, ...pair }))));
}

export const middle = ({ low, high }: Side): number => (low + high) / 2;
