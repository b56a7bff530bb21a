import { percent } from '../../../ui/format.ts';

/** What a setting of the dial does to a round, as a buyer would say it. */
export function wordsOfDial(share: number, places: number): string {
  const kept = places > 1 ? 'One place is kept for whoever was tried least; ' : '';
  if (share === 0) return `${kept}all others go to the best records.`;
  if (share === 1)
    return `${kept}one more is always drawn among less proven agents. The others go to the best records.`;
  return `${kept}in ${percent(share)} of rounds one more is drawn among less proven agents. The others go to the best records.`;
}
