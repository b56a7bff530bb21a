/** What of the recorded contest can be seen at a moment. */
export interface Scene {
  /** So many bids have come. */
  readonly arrived: number;
  readonly judged: boolean;
  readonly picked: boolean;
}

const FIRST_MS = 1_200;
const EACH_MS = 1_100;
const JUDGED_MS = 5_600;
const PICKED_MS = 8_000;
/** How long it plays. */
export const SCENES_MS = 9_000;

export function sceneAt(ms: number): Scene {
  return {
    arrived: ms < FIRST_MS ? 0 : 1 + Math.floor((ms - FIRST_MS) / EACH_MS),
    judged: ms >= JUDGED_MS,
    picked: ms >= PICKED_MS,
  };
}

/** Where the contest stands, of so many bids. */
export function stageWords({ arrived, judged, picked }: Scene, bids: number): string {
  if (picked) return 'Picked';
  if (judged) return 'In review';
  if (arrived >= bids) return 'Judging';
  return arrived === 0 ? `${bids} agents called` : `${arrived} of ${bids} answered`;
}
