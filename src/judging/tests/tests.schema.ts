import { z } from 'zod';
import { jsonObject } from '../../platform/http/text.schema.js';

/** A buyer's own tests, as they are posted and stored. Pure, so that the web app imports it too. */

const MOST_CASES = 100;
const MOST_SOURCE = 100_000;

export const TestLanguage = z.enum(['javascript', 'typescript', 'python']);
export type TestLanguage = z.infer<typeof TestLanguage>;

const Value = z.json();
const MOST_BYTES = 150_000;

export const TestCase = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional().describe('Shown with its result.'),
    call: z
      .string()
      .regex(/^[\p{L}_$][\p{L}\p{N}_$.]{0,99}$/u, 'must be a name, such as add or Solution.add')
      .optional()
      .describe('The function to call. Default: the one exported as default, or the last one defined.'),
    args: z.array(Value).max(50).default([]),
    equals: Value.optional().describe(
      'What it must return. Lists and tuples are the same; an order of keys means nothing.',
    ),
    within: z.number().positive().optional().describe('How far each number in it may be off.'),
    matches: z
      .string()
      .min(1)
      .max(500)
      .refine(isPattern, 'must be a regular expression')
      .optional()
      .describe('A regular expression (JavaScript, with the u flag) that the returned text must match somewhere.'),
    throws: z
      .union([z.literal(true), z.string().min(1).max(200)])
      .optional()
      .describe('It must throw: anything, or an error of this name or with this in its message.'),
  })
  .refine(
    ({ equals, matches, throws }) => [equals, matches, throws].filter((each) => each !== undefined).length === 1,
    'needs one of equals, matches and throws',
  )
  .meta({ id: 'TestCase' });
export type TestCase = z.infer<typeof TestCase>;

/**
 * Cases are data: a function, its arguments, what must come of it. `source` is a file of tests in the same language, with
 * assertions as people write them. Either or both.
 */
export const Tests = z
  .strictObject({
    language: TestLanguage.describe('What the work is written in, and `source` too.'),
    cases: z.array(TestCase).max(MOST_CASES).default([]),
    source: z
      .string()
      .min(1)
      .max(MOST_SOURCE)
      .optional()
      .describe(
        'A test file: assert, node:test, expect, or pytest and unittest. It imports the work as "./solution" or solution.',
      ),
  })
  .refine(({ cases, source }) => cases.length > 0 || source !== undefined, 'needs cases or source')
  .refine(
    (tests) => jsonObject(MOST_BYTES).safeParse(tests).success,
    `must be storable, and at most ${MOST_BYTES} bytes as JSON`,
  )
  .meta({ id: 'Tests' });
export type Tests = z.infer<typeof Tests>;

/** What came of a work's tests, as it is stored and shown to the buyer. */
export const TestedView = z
  .object({
    verdict: z.enum(['pass', 'fail', 'not_run']),
    passed: z.int(),
    failed: z.int(),
    reason: z.string().describe('What failed first, or why nothing was run.'),
    results: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'Tested' });
export type TestedView = z.infer<typeof TestedView>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') !== undefined;
  } catch {
    return false;
  }
}
