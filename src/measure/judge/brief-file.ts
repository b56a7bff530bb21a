import { QualityRule } from '@bakeoff/agent-kit';
import { z } from 'zod';
import { Tests } from '../../judging/tests/tests.schema.js';
import { Unusable } from '../command.js';

/** A brief as `POST /tasks` takes it, or as much of it as there is: what concerns money and time is left aside. */
const BriefJson = z.object({
  title: z.string().max(200).default(''),
  description: z.string().max(20_000).default(''),
  requirements: z.record(z.string(), z.unknown()).default({}),
  quality_rules: z
    .union([z.array(z.unknown()), z.object({ rules: z.array(z.unknown()) }).transform(({ rules }) => rules)])
    .default([]),
  tests: Tests.optional(),
});

export interface BriefFile {
  readonly title: string;
  readonly description: string;
  readonly requirements: Record<string, unknown>;
  readonly qualityRules: readonly QualityRule[];
  readonly tests: Tests | undefined;
}

/**
 * A brief in JSON, or in plain text or Markdown, of which the first line is the title.
 *
 * @throws Unusable JSON that is no brief, with the field that is wrong
 */
export function briefIn(source: string, path: string): BriefFile {
  const text = source.replace(/^\ufeff/, '');
  if (!/^\s*\{/.test(text)) return plainBrief(text);
  const read = BriefJson.safeParse(jsonIn(text, path));
  if (!read.success) throw wrong(path, '', read.error);
  const { title, description, requirements, quality_rules: rules, tests } = read.data;
  if (`${title}${description}`.trim() === '') throw new Unusable(`${path} has neither a title nor a description.`);
  return { title, description, requirements, qualityRules: rules.map((rule, at) => ruleIn(rule, at, path)), tests };
}

function plainBrief(text: string): BriefFile {
  const [first = '', ...rest] = text.trim().split('\n');
  const title = first
    .replace(/^#+\s*/, '')
    .trim()
    .slice(0, 200);
  return { title, description: rest.join('\n').trim(), requirements: {}, qualityRules: [], tests: undefined };
}

function jsonIn(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unusable(`${path} is no JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
}

function ruleIn(rule: unknown, at: number, path: string): QualityRule {
  const read = QualityRule.safeParse(rule);
  if (!read.success) throw wrong(path, `quality_rules.${at}`, read.error);
  return read.data;
}

function wrong(path: string, within: string, { issues: [issue] }: z.ZodError): Unusable {
  const at = [...(within === '' ? [] : [within]), ...(issue?.path ?? [])].join('.');
  return new Unusable(`${path}: ${issue?.message ?? 'not of the expected shape'}${at === '' ? '' : ` at ${at}`}`);
}
