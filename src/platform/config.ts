import { z } from 'zod';
import { SecretBox } from './crypto/secrets.js';
import { BadAllowList, parseAllow } from './egress/addresses.js';
import { decimal, flag, oneOf, postgresUrl, shares, webAddress, whole } from './setting-forms.js';

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

  DATABASE_URL: postgresUrl.optional().describe('A PostgreSQL >= 15. Without it the server runs its own, in DATA_DIR.'),
  MIGRATION_DATABASE_URL: postgresUrl
    .optional()
    .describe(
      'The same database as its owner; migrations use it, so that the role of DATABASE_URL cannot change the rules of the ledger.',
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
    .describe('id:base64 (32 bytes), comma separated. The first encrypts, all decrypt. Required with DATABASE_URL.'),
  EGRESS_ALLOW: z
    .string()
    .default('')
    .describe(
      'host:port or CIDR, comma separated: the only non-public addresses that agents, webhooks and URLs may have.',
    ),

  SIGNUP_GIFT_CREDITS: whole(0, 1_000_000)
    .default(500)
    .describe('Gift credits of a new account: to spend, never paid out.'),
  SESSION_DAYS: whole(1, 365).default(30).describe('How long a browser stays signed in.'),
  RATE_LIMIT_KEY_PER_MIN: whole(1, 1_000_000).default(300).describe('Requests a minute for one API key or session.'),
  RATE_LIMIT_ACCOUNT_PER_MIN: whole(1, 1_000_000).default(600).describe('Requests a minute for one account.'),
  RATE_LIMIT_ADDRESS_PER_MIN: whole(1, 1_000_000).default(600).describe('Requests a minute from one address.'),
  RATE_LIMIT_SIGNUP_PER_HOUR: whole(1, 1_000_000).default(5).describe('Sign-ups an hour from one address.'),
  RATE_LIMIT_SIGN_IN_PER_MIN: whole(1, 1_000_000)
    .default(10)
    .describe('Sign-ins a minute from one address, and for one account from all of them.'),
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
  PRESENTED_MAX: whole(1, 20).default(5).describe('How many bids the buyer sees at most.'),
  PRESENTED_MIN_SCORE: whole(0, 100).default(20).describe('A bid whose score cannot reach this is not presented.'),
  EXPERIMENTATION: decimal(0, 1).default(0.3).describe('The share of places drawn among less proven agents.'),
  AFFINITY_BOOST: decimal(1, 3)
    .default(1.15)
    .describe('What a specialist declaration for the task type multiplies the fit by.'),

  CALLS_PER_PROCESS: whole(1, 10_000).default(256).describe('Calls to agents that one process runs at a time.'),
  CALL_CONNECT_TIMEOUT_MS: whole(100, 60_000)
    .default(5_000)
    .describe('How long connecting to an agent may take, in ms.'),
  CALL_MAX_ATTEMPTS: whole(1, 20).default(4).describe('Attempts of one call, where the contract allows another.'),
  CALL_LATE_START_S: whole(1, 3_600)
    .default(5)
    .describe('A call that our side starts later than this is not made and never held against the agent, in s.'),
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
  SECRET_OVERLAP_HOURS: whole(1, 720)
    .default(24)
    .describe('How long the old signing secret stays valid after a rotation.'),
  BENCHMARK_PASS_SCORE: whole(0, 100)
    .default(60)
    .describe('What a benchmark fixture must score over its decidable criteria.'),
  BENCHMARK_DECIDABLE_SHARE: decimal(0, 1)
    .default(0.5)
    .describe('The rubric weight that must be decidable for a pass to count.'),
  BENCHMARK_COOLDOWN_S: whole(0, 30 * DAY_S)
    .default(3_600)
    .describe('How long an agent waits after a failed benchmark before the next one, in s.'),

  MAX_ATTACHMENT_BYTES: whole(1, 1_000_000_000)
    .default(10 * 2 ** 20)
    .describe('The largest attachment, in bytes.'),
  MAX_ATTACHMENTS: whole(0, 100).default(10).describe('Attachments of one task.'),
  SIGNED_URL_MINUTES: whole(1, 1_440).default(60).describe('How long a signed attachment URL lives, in minutes.'),
});

export interface Config extends z.output<typeof Settings> {}

/** The parsed settings, passed in wherever one is needed. A test hands over another; nothing global moves. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: a class is Nest's injection token, and only fromEnvironment() makes one, with every field parsed.
export class Config {
  private constructor(settings: z.output<typeof Settings>) {
    Object.assign(this, settings);
  }

  /**
   * Variables that are no settings are ignored, and an empty one counts as not set. No file is read.
   *
   * @throws WrongSetting naming the variable, what is wrong with it and what fits
   * @throws BadSecretsKeys
   */
  static fromEnvironment(env: Readonly<Record<string, string | undefined>>): Config {
    const given = Object.fromEntries(
      Object.entries(env).filter(([key, value]) => key in Settings.shape && value !== ''),
    );
    const parsed = Settings.safeParse(given);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const variable = String(issue?.path[0]) as keyof typeof Settings.shape;
      throw new WrongSetting(variable, issue?.message ?? 'is not valid', given[variable]);
    }
    assertUsable(parsed.data);
    return new Config(parsed.data);
  }

  /** The same settings but for a few. */
  with(changes: Partial<z.output<typeof Settings>>): Config {
    return new Config({ ...this, ...changes });
  }

  /** Where others reach this server; `port` is the one really listened on. */
  publicUrl(port: number): string {
    return this.PUBLIC_URL ?? `http://${this.HOST.includes(':') ? `[${this.HOST}]` : this.HOST}:${port}`;
  }

  get runsWorker(): boolean {
    return this.ROLE !== 'api';
  }

  get servesApi(): boolean {
    return this.ROLE !== 'worker';
  }

  /** The earliest first. */
  get noticeShares(): number[] {
    return this.NOTICE_SHARES.split(',')
      .map(Number)
      .sort((a, b) => a - b);
  }
}

/** What no single setting's form tells: the parts inside a list, and settings that need one another. */
function assertUsable({
  ROLE,
  PUBLIC_URL,
  DATABASE_URL,
  MIGRATION_DATABASE_URL,
  SECRETS_KEYS,
  EGRESS_ALLOW,
}: z.output<typeof Settings>): void {
  if (ROLE !== 'all' && PUBLIC_URL === undefined) {
    throw new WrongSetting(
      'PUBLIC_URL',
      `must be set with ROLE=${ROLE}: the links that agents get lead to the api processes`,
    );
  }
  if (MIGRATION_DATABASE_URL && !DATABASE_URL) {
    throw new WrongSetting(
      'MIGRATION_DATABASE_URL',
      'needs DATABASE_URL beside it; without that the server runs a PostgreSQL of its own',
    );
  }
  if (SECRETS_KEYS) SecretBox.parse(SECRETS_KEYS);
  try {
    parseAllow(EGRESS_ALLOW);
  } catch (err) {
    if (!(err instanceof BadAllowList)) throw err;
    throw new WrongSetting('EGRESS_ALLOW', `is not valid: ${err.message}`);
  }
}

/** A variable that the server can't start with, in one line. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting';

  /** @param value as it was given; left out where it may hold a password */
  constructor(variable: keyof typeof Settings.shape, problem: string, value?: string) {
    const isShown = value !== undefined && !/URL$|^SECRETS_KEYS$/.test(variable);
    const shown = isShown ? `, not ${JSON.stringify(value.slice(0, 60))}` : '';
    super(`${variable} ${problem}${shown}. ${Settings.shape[variable].description} See .env.example.`);
  }
}

/** The text of `.env.example`: every setting with its meaning and default. */
export function envExample(): string {
  const entries = Object.entries(Settings.shape).map(([key, schema]) => {
    const fallback = schema.safeParse(undefined).data;
    return `# ${schema.description}\n#${key}=${fallback === undefined ? '' : fallback}\n`;
  });
  return `# Generated by "npm run generate" from src/platform/config.ts. Every setting is optional.\n\n${entries.join('\n')}`;
}
