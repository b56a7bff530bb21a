/** Cases of one run at most; a further run takes up what was left over. */
export const MAX_CASES = 24;
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

/**
 * The task types that a run tests: each one declared, and of a whole category the three that can be decided best. What is
 * not proven yet comes first, and a first type of every capability before a second of any, so that the limit of
 * {@link MAX_CASES} cuts off what matters least. The same capabilities give the same types.
 */
export function chosenTypes(capabilities: readonly Capability[], typesOf: TypesOf): KnownType[] {
  const wanted = capabilities.flatMap((capability) =>
    representatives(capability, typesOf).map((type, rank) => ({ type, rank, isProven: capability.passedAt !== null })),
  );
  wanted.sort(
    (a, b) => Number(a.isProven) - Number(b.isProven) || a.rank - b.rank || compare(a.type.slug, b.type.slug),
  );
  const bySlug = new Map<string, KnownType>();
  for (const { type } of wanted) if (!bySlug.has(type.slug)) bySlug.set(type.slug, type);
  return [...bySlug.values()].slice(0, MAX_CASES);
}

function representatives({ category, taskType }: Capability, typesOf: TypesOf): KnownType[] {
  const types = typesOf(category);
  if (taskType !== null) return types.filter(({ slug }) => slug === taskType);
  return types
    .toSorted((a, b) => b.decidableShare - a.decidableShare || compare(a.slug, b.slug))
    .slice(0, TYPES_OF_A_CATEGORY);
}

/** What a passed run proves: a task type by its own case, a whole category by any of its types. */
export function provenCapabilities<C extends Capability>(
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
