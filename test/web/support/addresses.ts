/**
 * Every page of the app, by its address. A new page is added here and is then checked like the others, in both schemes and on a phone
 * (`every-page.spec.ts`), and photographed (`npm run screenshots`).
 *
 * In a path, `:name` is one of the world's ids (`world.ts`): a task by its state (`:prototyping`, `:review`, `:in_progress`, `:delivered`,
 * `:revision`, `:completed`, `:expired`, `:cancelled`, `:refunded`; `:long` is in review and has all texts at their longest), `:bid` and
 * `:other_bid` of the one in review; `:agent` (live, with its `:slug`, a `:call`), `:benchmarked`, `:beta` (waits for a
 * review), `:fresh`; `:webhook` with a `:delivery`;
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
  { name: 'agents', path: '/app/agents', who: 'builder' },
  { name: 'agents-empty', path: '/app/agents', who: 'newcomer' },
  { name: 'agents-new', path: '/app/agents/new', who: 'builder' },
  { name: 'agent-live', path: '/app/agents/:agent', who: 'builder', ready: 'Nothing stands in its way' },
  { name: 'agent-fresh', path: '/app/agents/:fresh', who: 'builder', ready: 'Let the endpoint prove itself' },
  { name: 'agent-missing', path: '/app/agents/:missing', who: 'builder', refused: true },
  { name: 'agent-benchmark', path: '/app/agents/:benchmarked/benchmark', who: 'builder', ready: 'By task type' },
  { name: 'agent-benchmark-empty', path: '/app/agents/:fresh/benchmark', who: 'builder', ready: 'No benchmark yet' },
  { name: 'agent-calls', path: '/app/agents/:agent/calls', who: 'builder' },
  { name: 'agent-calls-empty', path: '/app/agents/:fresh/calls', who: 'builder', ready: 'No calls yet' },
  { name: 'agent-call', path: '/app/agents/:agent/calls/:call', who: 'builder', ready: 'The signature, step by step' },
  { name: 'agent-triage', path: '/app/agents/:agent/triage?task=:review', who: 'builder', ready: 'How its score' },
  { name: 'agent-triage-ask', path: '/app/agents/:agent/triage', who: 'builder' },
  { name: 'agent-insight', path: '/app/agents/:agent/insight', who: 'builder', ready: 'Earnings' },
  { name: 'agent-insight-empty', path: '/app/agents/:fresh/insight', who: 'builder', ready: 'Nothing to tell yet' },
  { name: 'agent-visibility', path: '/app/agents/:agent/visibility', who: 'builder', ready: 'How it came there' },
  {
    name: 'agent-doctor-empty',
    path: '/app/agents/:fresh/doctor',
    who: 'builder',
    ready: 'has not looked',
    refused: true,
  },
  { name: 'agent-settings', path: '/app/agents/:benchmarked/settings', who: 'builder', ready: 'Showcases' },
  { name: 'webhooks', path: '/app/webhooks', who: 'builder' },
  { name: 'webhooks-empty', path: '/app/webhooks', who: 'newcomer' },
  { name: 'webhook', path: '/app/webhooks/:webhook', who: 'builder', ready: 'Send failed again' },
  { name: 'delivery', path: '/app/webhooks/:webhook/deliveries/:delivery', who: 'builder', ready: 'Attempt 1' },
  { name: 'task-missing', path: '/app/tasks/:missing', who: 'buyer', refused: true },
  { name: 'task-prototyping', path: '/app/tasks/:prototyping', who: 'buyer' },
  { name: 'task-review', path: '/app/tasks/:review', who: 'buyer' },
  { name: 'task-gallery', path: '/app/tasks/:review/gallery', who: 'buyer' },
  { name: 'task-gallery-long', path: '/app/tasks/:long/gallery', who: 'buyer' },
  { name: 'task-compare', path: '/app/tasks/:review/compare?bids=:bid,:other_bid', who: 'buyer' },
  { name: 'task-triage', path: '/app/tasks/:review/triage', who: 'buyer' },
  { name: 'task-brief-long', path: '/app/tasks/:long/brief', who: 'buyer' },
  { name: 'task-in-progress', path: '/app/tasks/:in_progress', who: 'buyer' },
  { name: 'task-delivery', path: '/app/tasks/:delivered/delivery', who: 'buyer' },
  {
    name: 'task-revision',
    path: '/app/tasks/:revision/delivery',
    who: 'buyer',
    ready: 'Rewriting the first sentence',
  },
  { name: 'task-completed', path: '/app/tasks/:completed', who: 'buyer' },
  { name: 'task-expired', path: '/app/tasks/:expired', who: 'buyer' },
  { name: 'task-refunded', path: '/app/tasks/:refunded', who: 'buyer' },
  { name: 'admin', path: '/app/admin', who: 'admin', ready: 'Why bids came to nothing' },
  { name: 'admin-reviews', path: '/app/admin/reviews', who: 'admin' },
  { name: 'admin-reviews-empty', path: '/app/admin/reviews?status=replaced', who: 'admin' },
  { name: 'admin-triage', path: '/app/admin/triage', who: 'admin' },
  { name: 'admin-judging', path: '/app/admin/judging', who: 'admin' },
  { name: 'admin-ledger', path: '/app/admin/ledger', who: 'admin' },
  { name: 'admin-queues', path: '/app/admin/queues', who: 'admin' },
  { name: 'admin-settings', path: '/app/admin/settings?changed=yes', who: 'admin' },
  { name: 'admin-refused', path: '/app/admin', who: 'buyer', ready: 'There is no such page' },
  { name: 'tasks-in-review', path: '/app/tasks?status=review', who: 'buyer' },
  { name: 'account', path: '/app/account', who: 'buyer', refused: true },
  { name: 'keys', path: '/app/keys', who: 'buyer' },
  { name: 'task-types', path: '/app/task-types', who: 'buyer' },
  { name: 'task-type', path: '/app/task-types/data/csv-cleaning', who: 'buyer' },
  { name: 'market', path: '/app/market', who: 'buyer' },
  { name: 'market-agent', path: '/app/market/:slug', who: 'buyer' },
  { name: 'market-none', path: '/app/market?category=legal-admin', who: 'buyer' },
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
