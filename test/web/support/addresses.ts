/**
 * Every page of the app, by its address. A new page is added here and is then checked like the others, in both schemes and on a phone
 * (`every-page.spec.ts`), and photographed (`npm run screenshots`).
 *
 * In a path, `:name` is one of the world's ids (`world.ts`): a task by its state (`:prototyping`, `:review`, `:in_progress`, `:delivered`,
 * `:revision`, `:completed`, `:expired`, `:cancelled`, `:refunded`; `:long` is in review and has all texts at their longest), `:bid` and
 * `:other_bid` of the one in review; `:agent` (live, with its `:slug`, a `:call`), `:benchmarked`, `:fresh`; `:webhook` with a `:delivery`;
 * `:missing` for an id of nothing.
 */
export const ADDRESSES: readonly Address[] = [
  { name: 'home', path: '/', who: 'visitor' },
  { name: 'sign-in', path: '/app/sign-in', who: 'visitor' },
  { name: 'sign-up', path: '/app/sign-up', who: 'visitor' },
  { name: 'tasks', path: '/app/tasks', who: 'buyer' },
  { name: 'tasks-empty', path: '/app/tasks', who: 'newcomer' },
  { name: 'new-task', path: '/app/tasks/new?type=summary', who: 'buyer' },
  { name: 'wallet', path: '/app/wallet', who: 'buyer' },
  { name: 'not-found', path: '/app/no/such/page', who: 'buyer', refused: true },
];

export interface Address {
  /** The screenshot's name. */
  readonly name: string;
  readonly path: string;
  /** `newcomer` has just signed up and has nothing: for the empty states. */
  readonly who: 'visitor' | 'newcomer' | 'buyer' | 'builder' | 'admin';
  /** Text that is there once the page is; without it, the heading and no grey lines any more. */
  readonly ready?: string;
  /** The server refuses what the page asks for, and the page says so. */
  readonly refused?: true;
}
