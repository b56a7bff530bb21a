import { hash } from 'node:crypto';

/** The next number in [0, 1), with 53 random bits. */
export type Random = () => number;

type State = readonly [number, number, number, number];

/**
 * A stream of chance that anybody can repeat: xoshiro128** (Blackman and Vigna) from the first 16 bytes, little-endian, of
 * the SHA-256 of `seed` and `labels`, joined by line feeds. Streams with different labels have nothing to do with each
 * other, so one more candidate does not change what the others draw.
 */
export function random(seed: string, ...labels: string[]): Random {
  const digest = hash('sha256', [seed, ...labels].join('\n'), 'buffer');
  const word = (index: number) => digest.readUInt32LE(4 * index);
  const next = xoshiro128([word(0), word(1), word(2), word(3)]);
  return () => {
    const high = next() >>> 5;
    const low = next() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  };
}

/** xoshiro128**: the next 32 bits, as a whole number from 0. The state must not be all zeros. */
export function xoshiro128([a, b, c, d]: State): () => number {
  let [s0, s1, s2, s3] = [a | 0, b | 0, c | 0, d | 0];
  return () => {
    const result = Math.imul(rotated(Math.imul(s1, 5), 7), 9) >>> 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotated(s3, 11);
    return result;
  };
}

function rotated(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by));
}
