// What is compared: the product's policy, what others would do, and whatever the command line makes of it.
import type { Policy } from '../../src/triage/policy.ts';
import type { JudgeKind } from './judge.ts';
import { changedPolicy, POLICY, PolicyChanges } from './product.ts';

export interface MarketPolicy {
  readonly name: string;
  readonly triage: Policy;
  readonly experimentation: number;
  /** How many agents are called. */
  readonly places: number;
  /** `random`: everybody who may be called is as likely. */
  readonly choose: 'triage' | 'random';
  /** `many`: an operator may have all places of a pool. */
  readonly operators: 'one' | 'many';
  /** How profiles are compared with briefs. `bm25`: every word of a profile, capabilities among them, as it stands. */
  readonly texts: 'product' | 'bm25' | 'none';
  readonly judge: JudgeKind;
  /** Near-duplicates of a better bid on the page. */
  readonly duplicates: 'collapsed' | 'shown';
  /** Agents that mostly need longer than the round lasts. */
  readonly slow: 'left_out' | 'asked';
  /** Whether finished work is judged too, so that records count for the share of their prototypes' scores that it keeps. */
  readonly deliveries: 'judged' | 'unjudged';
  /** Whose calls make an agent proven: its own, or those of all agents of its operator. The latter is not what the product does. */
  readonly tries: 'agent' | 'operator';
  /** `ignored`: tasks below 20 credits go on nobody's record. Not what the product does. */
  readonly tiny: 'counted' | 'ignored';
}

/** As the product is configured unless told otherwise. */
const PRODUCT: MarketPolicy = {
  ...{ name: 'product', triage: POLICY, experimentation: 0.3, places: 6, choose: 'triage', operators: 'one' },
  ...{
    texts: 'product',
    judge: 'rules',
    duplicates: 'collapsed',
    slow: 'left_out',
    deliveries: 'judged',
    tries: 'agent',
    tiny: 'counted',
  },
};

/** As `--policy` takes them. */
const BUILT_IN: Readonly<Record<string, string>> = {
  product: '',
  'no-exploration': 'experimentation:0,provenTries:0',
  random: 'choose:random',
  'bm25-only': 'texts:bm25,weights.record:0,weights.wins:0,weights.trend:0,weights.speed:0,weights.relevance:1',
  'no-shrinkage': 'prior:0.01,priorBids:0',
  'no-sybil-defence': 'operators:many,duplicates:shown',
};

const CHOICES = {
  choose: ['triage', 'random'],
  operators: ['one', 'many'],
  texts: ['product', 'bm25', 'none'],
  judge: ['rules', 'naive'],
  duplicates: ['collapsed', 'shown'],
  slow: ['left_out', 'asked'],
  deliveries: ['judged', 'unjudged'],
  tries: ['agent', 'operator'],
  tiny: ['counted', 'ignored'],
} as const satisfies { readonly [K in keyof MarketPolicy]?: readonly MarketPolicy[K][] };

/** The compared ones unless the command line names others. */
export function builtIn(): MarketPolicy[] {
  return Object.entries(BUILT_IN).map(([name, settings]) => policyOf(name, settings));
}

/**
 * A policy from `NAME=key:value,...`, or a built-in one by its name alone. Keys are those of {@link MarketPolicy} and, with dots,
 * the numbers of the product's policy. @throws Error that says what is wrong
 */
export function parsePolicy(given: string): MarketPolicy {
  const [name = '', ...rest] = given.split('=');
  if (rest.length > 0) return policyOf(name, rest.join('='));
  const settings = BUILT_IN[name];
  if (settings === undefined)
    throw new Error(
      `There is no policy "${name}". There are: ${Object.keys(BUILT_IN).join(', ')}; or NAME=key:value,...`,
    );
  return policyOf(name, settings);
}

export function policyOf(name: string, settings: string): MarketPolicy {
  if (!/^[\w.-]{1,40}$/.test(name))
    throw new Error(`"${name}" is no name for a policy: letters, digits, dots and dashes.`);
  let market = { ...PRODUCT, name };
  const changes: Record<string, unknown> = {};
  for (const setting of settings.split(',').filter((one) => one !== '')) {
    const [key = '', value = ''] = setting.split(':');
    if (key in CHOICES) market = { ...market, [key]: chosen(key as keyof typeof CHOICES, value) };
    else if (key === 'experimentation' || key === 'places') market = { ...market, [key]: numberOf(key, value) };
    else put(changes, key.split('.'), numberOf(key, value));
  }
  const checked = PolicyChanges.safeParse(changes);
  if (!checked.success)
    throw new Error(
      `${name}: ${checked.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`,
    );
  if (!Number.isInteger(market.places) || market.places < 1) throw new Error(`${name}: places is a whole number.`);
  return { ...market, triage: changedPolicy(POLICY, checked.data) };
}

function chosen(key: keyof typeof CHOICES, value: string): string {
  const known: readonly string[] = CHOICES[key];
  if (!known.includes(value)) throw new Error(`${key} is one of ${known.join(', ')}, and not "${value}".`);
  return value;
}

function numberOf(key: string, value: string): number {
  const number = Number(value);
  if (value === '' || !Number.isFinite(number) || number < 0)
    throw new Error(`${key} is a number of at least 0, and not "${value}".`);
  return number;
}

function put(changes: Record<string, unknown>, [first = '', second]: readonly string[], value: number): void {
  if (second === undefined) changes[first] = value;
  else changes[first] = { ...(changes[first] as object | undefined), [second]: value };
}
