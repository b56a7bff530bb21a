import { keywordKinds, otherKinds } from './ifeval-content.js';
import { formatKinds, lengthKinds } from './ifeval-format.js';
import type { IfevalKind } from './ifeval-kind.js';

/**
 * IFEval's kinds of instructions under their own names, with their own arguments, read as its published checkers read them
 * (strict): whoever has labels made by those gets the same verdicts here. Where they count otherwise than our own kinds
 * (`counts` says how), use ours for judging work and these for comparing with that benchmark.
 */
export const IFEVAL_KINDS: readonly IfevalKind[] = [...keywordKinds, ...lengthKinds, ...formatKinds, ...otherKinds];

const BY_NAME = new Map(IFEVAL_KINDS.map((each) => [each.kind, each]));

export function ifevalKind(name: string): IfevalKind | undefined {
  return BY_NAME.get(name);
}
