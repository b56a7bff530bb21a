import { words } from '../../../ui/format.ts';
import { Tag } from '../badges.tsx';
import type { CallOutcome } from './calls.queries.ts';

const TONE = { answered: 'good', declined: 'quiet', failed: 'bad', not_called: 'quiet', dropped: 'quiet' } as const;

/** What came of a call. */
export function OutcomeTag({ outcome }: { outcome: CallOutcome | null }) {
  return outcome === null ? <Tag tone="busy">Open</Tag> : <Tag tone={TONE[outcome]}>{words(outcome)}</Tag>;
}
