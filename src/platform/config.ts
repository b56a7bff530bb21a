import type { z } from 'zod';
import { SecretBox } from './crypto/secrets.js';
import { BadAllowList, parseAllow } from './egress/addresses.js';
import { ForOperator } from './for-operator.js';
import { Settings } from './settings.js';

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
  JUDGE,
  JUDGE_PROVIDER,
  JUDGE_MODEL,
  JUDGE_MODEL_URL,
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
  if (JUDGE === 'llm' && !JUDGE_MODEL) throw new WrongSetting('JUDGE_MODEL', 'must be set with JUDGE=llm');
  if (JUDGE === 'llm' && JUDGE_PROVIDER === 'openai-compatible' && !JUDGE_MODEL_URL)
    throw new WrongSetting('JUDGE_MODEL_URL', 'must be set with JUDGE=llm');
  if (SECRETS_KEYS) SecretBox.parse(SECRETS_KEYS);
  try {
    parseAllow(EGRESS_ALLOW);
  } catch (err) {
    if (!(err instanceof BadAllowList)) throw err;
    throw new WrongSetting('EGRESS_ALLOW', `is not valid: ${err.message}`);
  }
}

/** A variable that the server can't start with, in one line. */
export class WrongSetting extends ForOperator {
  override readonly name = 'WrongSetting';

  /** @param value as it was given; left out where it may hold a password */
  constructor(variable: keyof typeof Settings.shape, problem: string, value?: string) {
    const isShown = value !== undefined && !isSecret(variable) && !/URL$/.test(variable);
    const shown = isShown ? `, not ${JSON.stringify(value.slice(0, 60))}` : '';
    super(`${variable} ${problem}${shown}. ${Settings.shape[variable].description} See .env.example.`);
  }
}

export function isSecret(setting: keyof typeof Settings.shape): boolean {
  return Settings.shape[setting].meta()?.secret === true;
}

/** One setting as it is in force. */
export interface SettingInForce {
  readonly name: string;
  /** null: not set. Of a secret only whether it is set: 'set'. */
  readonly value: string | number | boolean | null;
  readonly default: string | number | boolean | null;
  readonly doc: string;
  readonly secret: boolean;
  readonly changed: boolean;
}

/** Every setting of the table, in its order, and never a secret's value. */
export function settingsInForce(config: Config): SettingInForce[] {
  return settingNames().map((name) => {
    const schema = Settings.shape[name];
    const [value, fallback] = [config[name] ?? null, schema.safeParse(undefined).data ?? null];
    const secret = isSecret(name);
    const shown = secret && value !== null ? 'set' : value;
    return {
      name,
      value: shown,
      default: fallback,
      doc: schema.description ?? '',
      secret,
      changed: value !== fallback,
    };
  });
}

function settingNames(): (keyof typeof Settings.shape)[] {
  return Object.keys(Settings.shape) as (keyof typeof Settings.shape)[];
}

/** The text of `.env.example`: every setting with its meaning and default. */
export function envExample(): string {
  const entries = Object.entries(Settings.shape).map(([key, schema]) => {
    const fallback = schema.safeParse(undefined).data;
    return `# ${schema.description}\n#${key}=${fallback === undefined ? '' : fallback}\n`;
  });
  return `# Generated by "npm run generate" from src/platform/settings.ts. Every setting is optional.\n\n${entries.join('\n')}`;
}
