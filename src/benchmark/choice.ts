import type { Random } from '../platform/random.js';
import { Chance } from './fixtures/chance.js';

/** Task types of one run at most, each with a case of every level; a further run takes up what was left over. */
export const MAX_TYPES = 8;
/** How many of its task types stand for a whole category. */
export const TYPES_OF_A_CATEGORY = 3;

/** A capability as it was declared; `taskType` null is the whole category. */
export interface Capability {
  readonly category: string;
  readonly taskType: string | null;
  readonly passedAt: Date | null;
}

export interface KnownType {
  readonly slug: string;
  readonly category: string;
  /** The share of its rubric weight that is decided without a model, 0-1. */
  readonly decidableShare: number;
}

type TypesOf = (category: string) => readonly KnownType[];

/** What a run is for: what is not proven yet, if there is any; else everything again. */
export function toTest<C extends Capability>(capabilities: readonly C[]): C[] {
  const unproven = capabilities.filter(({ passedAt }) => passedAt === null);
  return unproven.length > 0 ? unproven : [...capabilities];
}

/**
 * The task types that a run tests: each one declared, and of a whole category three by chance, those first that can be decided
 * without a model. A first type of every capability comes before a second of any, so that the limit of {@link MAX_TYPES} cuts
 * off what matters least. The same capabilities and the same chance give the same types.
 *
 * @param decidable the share of a rubric, 0-1, from which a type counts as decided
 */
export function chosenTypes(
  capabilities: readonly Capability[],
  typesOf: TypesOf,
  { random, decidable }: { random: Random; decidable: number },
): KnownType[] {
  const chance = new Chance(random);
  const wanted = capabilities.flatMap((capability) =>
    representatives(capability, typesOf, chance, decidable).map((type, rank) => ({ type, rank })),
  );
  wanted.sort((a, b) => a.rank - b.rank || compare(a.type.slug, b.type.slug));
  const bySlug = new Map<string, KnownType>();
  for (const { type } of wanted) if (!bySlug.has(type.slug)) bySlug.set(type.slug, type);
  return [...bySlug.values()].slice(0, MAX_TYPES);
}

function representatives(
  { category, taskType }: Capability,
  typesOf: TypesOf,
  chance: Chance,
  decidable: number,
): KnownType[] {
  const types = typesOf(category);
  if (taskType !== null) return types.filter(({ slug }) => slug === taskType);
  const isDecided = ({ decidableShare }: KnownType) => Number(decidableShare >= decidable);
  return chance
    .shuffled(types)
    .sort((a, b) => isDecided(b) - isDecided(a))
    .slice(0, TYPES_OF_A_CATEGORY);
}

/** What the task types of a run prove: a task type itself, a whole category by any of its types. */
export function provenCapabilities<C extends { readonly category: string; readonly taskType: string | null }>(
  declared: readonly C[],
  passed: readonly { readonly category: string; readonly taskType: string }[],
): C[] {
  return declared.filter(({ category, taskType }) =>
    passed.some((one) => one.category === category && (taskType === null || one.taskType === taskType)),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
