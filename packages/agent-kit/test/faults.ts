/** What one agent gets wrong; everything else about it is right. */
export type Fault =
  | 'no health'
  | 'unwell'
  | 'other name in health'
  | 'no signature needed'
  | 'any signature'
  | 'old calls'
  | 'calls from the future'
  | 'impatient clock'
  | 'first signature only'
  | 'verifies printed json'
  | 'strict fields'
  | 'exact version'
  | 'needs attachments'
  | 'refuses repeats'
  | 'fails on repeats that run'
  | 'fails on a known id with another body'
  | 'crashes on large files'
  | 'crashes on expired files'
  | 'impatient reader'
  | 'impatient writer'
  | 'hurt by hang-ups'
  | 'busy without retry-after'
  | 'busy too early'
  | 'works on GET'
  | 'crashes on bad json'
  | 'crashes on other shapes'
  | 'reads without end'
  | 'bare errors'
  | 'greedy'
  | 'half a credit'
  | 'crashes on other work'
  | 'cannot deliver'
  | 'declines what it bid for'
  | 'cannot revise'
  | 'answers nothing'
  | 'breaks the contract'
  | 'redirects'
  | 'answers later'
  | 'never acknowledges'
  | 'never calls back'
  | 'signs callbacks with its own secret'
  | 'calls back without artifacts'
  | 'works twice on repeats'
  | 'none';

/** These are of agents that answer later; the others answer at once. */
export const LATE: readonly Fault[] = [
  'answers later',
  'never acknowledges',
  'never calls back',
  'signs callbacks with its own secret',
  'calls back without artifacts',
  'works twice on repeats',
];
