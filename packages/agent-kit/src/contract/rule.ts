import { z } from 'zod';
import { ArtifactType } from './artifact.js';

/** The parts that kinds of rules are made of. */

export const Count = z.int().min(0).max(1_000_000);
export const Share = z.number().min(0).max(1);
export const Term = z.string().trim().min(1).max(200);
export const Terms = z.array(Term).min(1).max(50);
export const Text = z.string().min(1).max(20_000);
export const Columns = z.array(z.string().min(1).max(100)).min(1).max(100);
export const Path = z
  .string()
  .min(1)
  .max(200)
  .describe('Dots and indexes, `*` for every item: `items.0.price`, `rows.*.id`.');
export const Flags = z.string().regex(/^[imsu]{0,4}$/);
export const FileEnding = z.string().regex(/^\.[a-z0-9]{1,8}$/, 'a file ending such as .csv');
const Target = z
  .union([ArtifactType, FileEnding])
  .describe('Which artifacts the rule looks at: a type (`markdown`) or a file ending (`.csv`); all when absent.');

/** One kind of rule: its name, what it asks, its arguments, and one example that is checked by a test. */
export function rule<K extends string, S extends z.ZodRawShape>(kind: K, asks: string, shape: S, example: object = {}) {
  return z
    .strictObject({ kind: z.literal(kind), target: Target.optional(), ...shape })
    .meta({ description: asks, examples: [{ kind, ...example }] });
}

export const RANGE = { min: Count.optional(), max: Count.optional() };

interface Range {
  min?: number | undefined;
  max?: number | undefined;
}

export const isRange = ({ min, max }: Range) =>
  (min !== undefined || max !== undefined) && (min === undefined || max === undefined || min <= max);
export const RANGE_HELP = 'Give min, max or both, min not above max.';

/** A rule that counts something and holds the number against `min` and `max`, both included. */
export function counted<K extends string, S extends z.ZodRawShape>(kind: K, asks: string, shape: S, example: object) {
  return rule(kind, asks, { ...RANGE, ...shape }, example).refine((value) => isRange(value as Range), RANGE_HELP);
}

/** A JSON value that stays small: arguments such as a JSON Schema travel with every call. */
export const SmallJson = z.unknown().refine(isSmall, 'At most 20 000 characters and 20 levels of JSON.');

function isSmall(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > 20 || level.length > 20_000) return false;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return (JSON.stringify(value)?.length ?? 0) <= 20_000;
}
