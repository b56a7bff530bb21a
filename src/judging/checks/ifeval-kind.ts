import { z } from 'zod';
import type { Limited } from '../limited.js';
import { type Finding, inRange, no, unknown, yesOrNo } from './check.js';
import { strip } from './ifeval-text.js';

/** What IFEval's kinds of instructions are made of. */
export interface Written {
  /** The answer as it came, character for character. */
  readonly text: string;
  readonly prompt: string;
  readonly limited: Limited;
}

export interface IfevalKind {
  readonly kind: string;
  /** What it asks and how it counts, in a sentence or two. */
  readonly counts: string;
  readonly arguments: z.ZodType;
  readonly example: Readonly<Record<string, unknown>>;
  readonly check: (rule: Readonly<Record<string, unknown>>, written: Written) => Finding | Promise<Finding>;
}

export const Whole = z.number().min(0);
export const Phrase = z.string().min(1).max(20_000);
export const Relation = z.enum(['at least', 'less than']);

/** One kind; `check` is only asked when every argument is there, since the reference would draw the missing one by lot. */
export function kind<S extends z.ZodRawShape>(
  name: string,
  counts: string,
  shape: S,
  example: z.infer<z.ZodObject<S>>,
  check: (given: z.infer<z.ZodObject<S>>, written: Written) => Finding | Promise<Finding>,
): IfevalKind {
  const schema = z.object(shape);
  return {
    ...{ kind: name, counts, arguments: schema, example: { kind: name, ...example } },
    check: (rule, written) => {
      const given = schema.safeParse(rule);
      if (!given.success) return unknown(`not usable: ${given.error.issues[0]?.path.join('.')} is missing or wrong`);
      return strip(written.text) === '' ? no('the text is blank') : check(given.data, written);
    },
  };
}

export function related(count: number, relation: z.infer<typeof Relation>, asked: number, noun: string): Finding {
  const met = relation === 'less than' ? count < asked : count >= asked;
  return yesOrNo(met, `${count} ${noun}; asked for ${relation} ${asked}`);
}

export function exactly(count: number, asked: number, noun: string): Finding {
  return inRange(count, { min: asked, max: asked }, noun);
}

const asItIs = (pattern: string) => pattern;

/**
 * How often an expression matches. Most are plain words; what isn't runs under a time limit, since somebody else wrote it.
 * Undefined where it is no expression or takes too long.
 */
export async function occurrences(
  wanted: string,
  { text, limited }: Written,
  around: (pattern: string) => string = asItIs,
  flags = 'i',
): Promise<number | undefined> {
  if (!/[\\^$.*+?()[\]{}|]/.test(wanted)) return text.match(new RegExp(around(wanted), `${flags}gu`))?.length ?? 0;
  for (const mode of [`${flags}u`, flags]) {
    const outcome = await limited.run({ kind: 'count', pattern: around(wanted), flags: mode, text });
    if (outcome.kind === 'done') return outcome.count;
    if (outcome.kind === 'too_slow') return undefined;
  }
  return undefined;
}
