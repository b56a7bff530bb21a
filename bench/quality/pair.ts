/** Two answers to a prompt, of which one is plainly better. */
export interface Pair {
  readonly id: string;
  readonly set: 'dressed' | 'subtle' | 'plain';
  readonly prompt: string;
  readonly better: string;
  readonly worse: string;
}

export type GivenPair = readonly [set: Pair['set'], prompt: string, better: string, worse: string];
