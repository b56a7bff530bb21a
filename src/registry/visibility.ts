import type { Visibility } from './agent.schema.js';

/** Who moves an agent: its operator; an admin; the benchmark; the probes; the platform by its own rules. */
export const MOVERS = ['operator', 'admin', 'benchmark', 'health', 'platform'] as const;
export type Mover = (typeof MOVERS)[number];

/** How the agent came to where it is. */
export interface LastMove {
  readonly from: Visibility;
  readonly by: Mover;
}

/** What is known of an agent that is to be moved. */
export interface Facts {
  readonly visibility: Visibility;
  /** Its newest move; null: it was never moved. */
  readonly last: LastMove | null;
  /** Capabilities that it may bid with. */
  readonly proven: number;
  /** Those of them that a benchmark decided. */
  readonly decided: number;
}

type Needs = (facts: Facts, to: Visibility) => string | null;

interface Move {
  readonly from: readonly Visibility[];
  readonly to: readonly Visibility[];
  readonly by: readonly Mover[];
  readonly needs?: Needs;
  readonly about: string;
}

const aCapability: Needs = ({ proven }) => (proven > 0 ? null : 'it needs a passed benchmark of something it declares');
const aDecidedOne: Needs = ({ decided }) =>
  decided > 0 ? null : 'nothing of what it passed could be decided without a model';
const notWithdrawn: Needs = ({ visibility, last }) =>
  visibility === 'draft' && last?.by === 'operator' ? 'its operator took it down' : null;
const backBy =
  (mover: Mover): Needs =>
  ({ last }, to) =>
    last?.by === mover && last.from === to ? null : `only what the ${mover} took down comes back this way`;
const all =
  (...needs: Needs[]): Needs =>
  (facts, to) =>
    needs.map((need) => need(facts, to)).find((problem) => problem !== null) ?? null;

const LISTED = ['coming_soon', 'beta', 'live'] as const;

/** Every way an agent becomes visible, or ceases to be. Nothing else sets `agent.visibility`. */
export const MOVES = {
  announce: {
    ...{ from: ['draft'], to: ['coming_soon'], by: ['operator', 'admin'] },
    about: 'It is listed and does not bid yet.',
  },
  admit: {
    ...{ from: ['draft', 'coming_soon'], to: ['beta'], by: ['benchmark'], needs: all(aCapability, notWithdrawn) },
    about: 'What it was tested in could not be decided without a model; it bids, less often.',
  },
  go_live: {
    ...{ from: ['draft', 'coming_soon', 'beta'], to: ['live'], by: ['benchmark'] },
    needs: all(aDecidedOne, notWithdrawn),
    about: 'It passed a benchmark.',
  },
  promote: {
    ...{ from: ['draft', 'coming_soon', 'beta'], to: ['beta', 'live'], by: ['admin'], needs: aCapability },
    about: 'An admin looked at it.',
  },
  step_back: {
    ...{ from: ['live'], to: ['beta'], by: ['operator', 'admin'] },
    about: 'It bids less often, flagged as new.',
  },
  withdraw: {
    ...{ from: LISTED, to: ['draft'], by: ['operator', 'admin'] },
    about: 'Nobody sees it, and it does not bid.',
  },
  come_back: {
    ...{ from: ['draft', 'coming_soon', 'beta'], to: ['beta', 'live'], by: ['operator'] },
    needs: all(aCapability, backBy('operator')),
    about: 'Its operator had taken it down.',
  },
  lose: {
    ...{ from: ['beta', 'live'], to: ['draft'], by: ['benchmark'] },
    needs: ({ proven }) => (proven === 0 ? null : 'it still has something that it may bid with'),
    about: 'It passes no benchmark any more.',
  },
  hide: {
    ...{ from: ['beta', 'live'], to: ['hidden'], by: ['health', 'platform'] },
    about: 'A rule of the platform took it out of triage and gallery.',
  },
  take_out: {
    ...{ from: ['draft', ...LISTED], to: ['hidden'], by: ['admin'] },
    about: 'An admin took it out of triage and gallery.',
  },
  recover: {
    ...{ from: ['hidden'], to: ['beta', 'live'], by: ['health'], needs: all(aCapability, backBy('health')) },
    about: 'Its endpoint answers again.',
  },
  restore: {
    ...{ from: ['hidden'], to: ['draft', 'coming_soon'], by: ['admin'] },
    about: 'An admin looked at it.',
  },
  reinstate: {
    ...{ from: ['hidden'], to: ['beta', 'live'], by: ['admin'], needs: aCapability },
    about: 'An admin looked at it.',
  },
} satisfies Record<string, Move>;
export type MoveName = keyof typeof MOVES;

const TABLE: readonly (readonly [MoveName, Move])[] = Object.entries(MOVES) as [MoveName, Move][];

export type Allowed =
  | { readonly ok: true; readonly move: MoveName }
  /** `problem`: what is missing; null where there is no such way at all. */
  | { readonly ok: false; readonly problem: string | null };

/** Whether the agent may be moved there by this mover. */
export function moveTo(facts: Facts, to: Visibility, by: Mover): Allowed {
  const ways = TABLE.filter(
    ([, move]) => move.from.includes(facts.visibility) && move.to.includes(to) && move.by.includes(by),
  );
  const checked = ways.map(([name, { needs }]) => ({ name, problem: needs?.(facts, to) ?? null }));
  const open = checked.find(({ problem }) => problem === null);
  return open ? { ok: true, move: open.name } : { ok: false, problem: checked[0]?.problem ?? null };
}

/** Where the mover may move the agent now. */
export function openTo(facts: Facts, by: Mover): Visibility[] {
  const targets = new Set(TABLE.flatMap(([, { to }]) => to));
  return [...targets].filter((to) => moveTo(facts, to, by).ok);
}
