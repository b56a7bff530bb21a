import recorded from './recording.json';

export interface RecordedBid {
  readonly agent: string;
  /** From the call to the answer, in ms. */
  readonly tookMs: number;
  readonly price: number;
  readonly score: { readonly low: number; readonly high: number };
  readonly summary: string;
  /** The SVG that it sent, as it was sent. */
  readonly svg: string;
  readonly picked: boolean;
}

export interface Recording {
  /** The day it was recorded. */
  readonly on: string;
  readonly title: string;
  readonly budget: number;
  readonly bids: readonly RecordedBid[];
  /** What the buyer paid in the end. */
  readonly paid: number;
}

/** A contest that was really held, by the demo that comes with the server: `npm run demo -- --brief examples/demo/briefs/logo.md`. */
export const recording: Recording = recorded;
