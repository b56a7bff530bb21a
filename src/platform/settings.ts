import { z } from 'zod';
import { LEAST_MEMORY_KIB } from './crypto/password.js';
import { rateLimits } from './rate-limit.settings.js';
import {
  decimal,
  flag,
  oneOf,
  postgresUrl,
  prices,
  secret,
  shares,
  waits,
  webAddress,
  whole,
} from './setting-forms.js';

const DAY_S = 86_400;

/** Every setting of the server, read from the environment. `.env.example` is generated from this table. */
export const Settings = z.object({
  HOST: z
    .string()
    .max(255, 'must be an address or a name of this machine')
    .default('127.0.0.1')
    .describe('The address to listen on.'),
  PORT: whole(0, 65_535).default(8080).describe('The port to listen on; 0 takes a free one.'),
  PUBLIC_URL: webAddress
    .optional()
    .describe('Where buyers and agents reach this server; signed URLs start with it. Default: http://HOST:PORT.'),
  ROLE: oneOf('all', 'api', 'worker')
    .default('all')
    .describe('What this process does: all, api (HTTP only) or worker (jobs and probes; HTTP serves health alone).'),
  TRUST_PROXY: flag
    .default(false)
    .describe('true: take the caller address from X-Forwarded-For. Only behind a proxy that sets it.'),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent')
    .default('info')
    .describe('How much is logged.'),
  SHUTDOWN_GRACE_S: whole(0, 3_600).default(30).describe('How long a stop waits for running requests and jobs, in s.'),

  DATABASE_URL: postgresUrl
    .optional()
    .meta(secret('A PostgreSQL >= 15. Without it the server runs its own, in DATA_DIR.')),
  MIGRATION_DATABASE_URL: postgresUrl
    .optional()
    .meta(
      secret(
        'The same database as its owner; migrations use it, so that the role of DATABASE_URL cannot change the rules of the ledger.',
      ),
    ),
  DATABASE_POOL_SIZE: whole(4, 200)
    .default(20)
    .describe('Connections of one process, besides 3 for the queue and 1 for wake-ups.'),
  DATA_DIR: z.string().min(1).default('./data').describe('Where the embedded database, the files and the key live.'),
  STORAGE_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('Where bodies and files live. Default: DATA_DIR/files. Several hosts must share it.'),
  SECRETS_KEYS: z
    .string()
    .optional()
    .meta(
      secret('id:base64 (32 bytes), comma separated. The first encrypts, all decrypt. Required with DATABASE_URL.'),
    ),
  EGRESS_ALLOW: z
    .string()
    .default('')
    .describe(
      'host:port or CIDR, comma separated: the only non-public addresses that agents, webhooks and URLs may have.',
    ),

  SIGNUP_GIFT_CREDITS: whole(0, 1_000_000)
    .default(500)
    .describe('Gift credits of a new account: to spend, never paid out.'),
  PASSWORD_MEMORY_KIB: whole(1_024, 1_048_576)
    .default(LEAST_MEMORY_KIB)
    .describe(
      "Memory that hashing a new password takes (argon2id, two passes), in KiB. The default is OWASP's least: raise it where there is memory.",
    ),
  SESSION_DAYS: whole(1, 365).default(30).describe('How long a browser stays signed in.'),
  ...rateLimits,
  IDEMPOTENCY_HOURS: whole(1, 168).default(24).describe('How long an Idempotency-Key is remembered.'),

  FEE_CONTEST_BPS: whole(0, 10_000)
    .default(1_500)
    .describe('The platform fee of a contest in basis points; fixed on the task when it is posted.'),
  MAX_BUDGET: whole(1, 1_000_000_000).default(1_000_000).describe('The largest budget of one task, in credits.'),
  MATCH_LIMIT_S: whole(5, DAY_S).default(600).describe('How long a task may wait for triage before it expires, in s.'),
  PROTOTYPE_WINDOW_S: whole(2, 3_600)
    .default(420)
    .describe('How long bidders have, from the start of the round to the last byte received, in s.'),
  JUDGING_LIMIT_S: whole(5, DAY_S).default(600).describe('How long judging may take before the task expires, in s.'),
  REVIEW_WINDOW_S: whole(2, 30 * DAY_S)
    .default(3 * DAY_S)
    .describe('How long the buyer has to pick, in s.'),
  DELIVERY_WINDOW_S: whole(2, 3_600)
    .default(600)
    .describe('How long the winner has for the finished work or a revision, in s.'),
  APPROVAL_WINDOW_S: whole(2, 30 * DAY_S)
    .default(3 * DAY_S)
    .describe('How long a delivery waits before silence approves it, in s.'),
  NOTICE_SHARES: shares
    .default('0.5,0.9')
    .describe('When the buyer is reminded that a window is closing, as shares of it.'),
  MAX_REVISIONS: whole(0, 5).default(2).describe('Revisions a task allows when its buyer sets none.'),

  POOL_SIZE: whole(1, 50).default(6).describe('How many agents are called in a round.'),
  PRESENTED_MIN: whole(1, 20)
    .default(3)
    .describe('How many bids the buyer sees at least, where so many are good enough and differ.'),
  PRESENTED_MAX: whole(1, 20).default(5).describe('How many bids the buyer sees at most.'),
  PRESENTED_MIN_SCORE: whole(0, 100).default(20).describe('A bid whose score cannot reach this is not presented.'),
  STOP_AFTER_GOOD_BIDS: whole(0, 20)
    .default(0)
    .describe(
      'So many good bids end the bidding early; 0: never. Who has not answered then is thanked, and it costs nothing.',
    ),
  STOP_MIN_SCORE: whole(0, 100)
    .default(60)
    .describe('A bid is good, for STOP_AFTER_GOOD_BIDS, when a quick look is sure of this score.'),
  HEDGE_LATE_BIDDER: flag
    .default(false)
    .describe('true: when a bidder seems to be late, the next candidate is invited besides, once a round.'),
  MODEL_PRICES: prices
    .default('')
    .describe(
      'model=in/out, comma separated, in US dollars for a million tokens: what reported costs are held against, besides the built-in list.',
    ),
  EXPERIMENTATION: decimal(0, 1).default(0.3).describe('The share of places drawn among less proven agents.'),
  AFFINITY_BOOST: decimal(1, 3)
    .default(1.15)
    .describe('What a specialist declaration for the task type multiplies the fit by.'),
  EMBEDDINGS_URL: webAddress
    .optional()
    .describe(
      'Where /embeddings of an OpenAI-compatible provider begins; with EMBEDDINGS_MODEL triage compares briefs and profiles in meaning too.',
    ),
  EMBEDDINGS_MODEL: z.string().max(200).optional().describe("The embedding model's name at its provider."),
  EMBEDDINGS_KEY: z.string().max(2_000).optional().meta(secret('The key for it.')),

  OPERATOR_CALLS_PER_HOUR: whole(1, 1_000_000)
    .default(1_000)
    .describe(
      'How often the agents of one operator together are called in an hour; after that triage leaves them out.',
    ),

  JUDGE: oneOf('rules', 'llm')
    .default('rules')
    .describe('Who judges bids: rules alone, or rules and the model below for what they leave open.'),
  JUDGE_PROVIDER: oneOf('openai-compatible', 'anthropic')
    .default('openai-compatible')
    .describe('The protocol that the judging model speaks.'),
  JUDGE_MODEL_URL: webAddress
    .optional()
    .describe(
      'Where its paths begin, such as https://api.example.com/v1; one that is not public must be in EGRESS_ALLOW.',
    ),
  JUDGE_MODEL: z
    .string()
    .max(200)
    .optional()
    .describe(
      "The judging model's name at its provider. Several, comma separated, are a panel: picks teach whom to believe, and they share calls and cents.",
    ),
  JUDGE_MODEL_KEY: z.string().max(2_000).optional().meta(secret('The key for it.')),
  JUDGE_TIMEOUT_S: whole(1, 600).default(60).describe('How long the judging model may take over one question, in s.'),
  JUDGE_MAX_CALLS: whole(1, 1_000)
    .default(100)
    .describe('Requests to the judging model for one round at most; fewer where it has fewer bids and criteria.'),
  JUDGE_PRICE_IN: decimal(0, 100_000).default(0).describe('US cents for a million tokens that the model reads.'),
  JUDGE_PRICE_OUT: decimal(0, 100_000).default(0).describe('US cents for a million tokens that it writes.'),
  JUDGE_MAX_CENTS: decimal(0, 100_000)
    .default(100)
    .describe('What judging one task by the model may cost at most, at these prices, in US cents.'),

  TESTS_PYTHON: z
    .string()
    .min(1)
    .max(500)
    .default('python3')
    .describe("The command that starts Python for buyers' tests, in a sandbox that is tried at the start; off: none."),

  CALLS_PER_PROCESS: whole(1, 10_000).default(256).describe('Calls to agents that one process runs at a time.'),
  CALL_CONNECT_TIMEOUT_MS: whole(100, 60_000)
    .default(5_000)
    .describe('How long connecting to an agent may take, in ms.'),
  CALL_MAX_ATTEMPTS: whole(1, 20).default(4).describe('Attempts of one call, where the contract allows another.'),
  CALL_ACK_S: whole(1, 600)
    .default(10)
    .describe('How long an agent that answers later may take to acknowledge a call, in s.'),
  CALL_LATE_START_S: whole(1, 3_600)
    .default(5)
    .describe(
      'A prototype call that our side starts later than this is not made and never held against the agent, in s.',
    ),
  CALL_LATE_GRACE_S: whole(0, 600)
    .default(5)
    .describe('How long a late answer is still read for the trace, in s. It is never judged.'),
  TRACE_DAYS: whole(1, 365).default(30).describe('How long the traces and bodies of calls are kept.'),
  LOSING_BIDS_DAYS: whole(1, 3_650)
    .default(90)
    .describe('How long artifacts that the buyer never saw are kept for their operators.'),
  EVENT_DAYS: whole(1, 365).default(30).describe('How long events can be read; an older cursor answers 410.'),

  HEALTH_PROBE_S: whole(1, 3_600).default(60).describe('How often an agent is probed, in s.'),
  HEALTH_TIMEOUT_MS: whole(100, 60_000).default(5_000).describe('How long a health probe may take, in ms.'),
  HEALTH_FAILURES_OUT: whole(1, 100)
    .default(3)
    .describe('Failed probes in a row after which triage leaves an agent out.'),
  HEALTH_MAX_WAIT_S: whole(1, 86_400)
    .default(3_600)
    .describe('The longest wait between two probes of an agent that fails, in s; it doubles up to that.'),
  HEALTH_HISTORY_DAYS: whole(8, 365)
    .default(30)
    .describe('How long it is kept when the health of an agent changed; single probes are kept for a day.'),
  PROOFS_PER_HOST_PER_HOUR: whole(1, 1_000_000)
    .default(120)
    .describe('Probes in an hour that one host may leave without a proof; further agents there wait to be verified.'),
  SELF_REGISTRATION: flag
    .default(true)
    .describe('Whether agents may register themselves, without an account, to be claimed later.'),
  CLAIM_DAYS: whole(1, 365)
    .default(7)
    .describe('How long an agent that registered itself waits to be claimed; then it is forgotten, in days.'),
  SECRET_OVERLAP_HOURS: whole(1, 720)
    .default(24)
    .describe('How long the old signing secret stays valid after a rotation.'),
  BENCHMARK_PASS_SCORE: whole(0, 100)
    .default(60)
    .describe('What a benchmark fixture must score over its decidable criteria.'),
  BENCHMARK_DECIDABLE_SHARE: decimal(0, 1)
    .default(0.5)
    .describe('The rubric weight that must be decidable for a pass to count.'),
  BENCHMARK_ANSWER_SCORE: whole(0, 100)
    .default(60)
    .describe('The share of the known answer to a benchmark fixture that must be found, in %.'),
  BENCHMARK_COOLDOWNS_S: waits
    .default('3600,21600,86400')
    .describe(
      'How long an agent waits after the first failed benchmark, the second in a row and so on, in s, comma separated; the last goes on.',
    ),
  BENCHMARK_SHORT_WAIT_S: whole(0, 30 * DAY_S)
    .default(300)
    .describe('How long it waits after a benchmark that never reached it, or while which it was changed, in s.'),

  WEBHOOK_TIMEOUT_S: whole(1, 60).default(15).describe('How long the receiver of a webhook may take to answer, in s.'),
  WEBHOOK_RETRY_S: waits
    .default('5,60,300,1800,7200,18000,28800,28800')
    .describe('The waits before a webhook delivery is tried again, in s; after the last one it has failed.'),
  WEBHOOK_DISABLE_DAYS: whole(1, 90)
    .default(5)
    .describe('A webhook that took nothing for so long, although it was tried, is switched off.'),
  WEBHOOK_DAYS: whole(1, 365).default(30).describe('How long the log of webhook deliveries is kept.'),
  WEBHOOKS_PER_PROCESS: whole(1, 10_000).default(128).describe('Webhook deliveries that one process sends at a time.'),

  ACTIVATE_PASSED: oneOf('live', 'beta', 'review')
    .default('live')
    .describe('What a passed benchmark makes of a draft; review: an admin decides (GET /admin/visibility).'),
  ACTIVATE_UNDECIDED: oneOf('beta', 'review')
    .default('beta')
    .describe('What a benchmark makes of it in which nothing failed and too little could be decided without a model.'),
  REQUALIFY_ON_CHANGE: flag
    .default(true)
    .describe('true: an agent whose endpoint, model notes or capabilities changed is tested again by itself.'),
  REQUALIFY_DAYS: whole(0, 3_650)
    .default(0)
    .describe('After how many days what an agent has proven is tested again by itself; 0: never.'),
  REQUALIFY_FAILURES: whole(1, 10)
    .default(2)
    .describe('Failed requalifications in a row after which an agent loses a capability.'),
  HIDE_PROBE_FAILURES: whole(1, 1_000)
    .default(10)
    .describe('Failed probes in a row after which a live or beta agent is hidden, until it answers again.'),
  HIDE_SCORE: whole(0, 100)
    .default(40)
    .describe('An agent whose last 20 bids score less than this on average is hidden until an admin looks; 0: never.'),
  HIDE_TIMEOUT_SHARE: decimal(0, 1)
    .default(0.2)
    .describe('An agent that was late in more than this share of its last 20 calls is hidden likewise; 1: never.'),

  MAX_ATTACHMENT_BYTES: whole(1, 1_000_000_000)
    .default(10 * 2 ** 20)
    .describe('The largest attachment, in bytes.'),
  MAX_ATTACHMENTS: whole(0, 100).default(10).describe('Attachments of one task.'),
  SIGNED_URL_MINUTES: whole(1, 1_440).default(60).describe('How long a signed attachment URL lives, in minutes.'),
});
