import { parseArgs } from 'node:util';
import { QualityRule } from '@bakeoff/agent-kit';
import { z } from 'zod';
import { readAnswer } from '../judging/artifact-text.js';
import { checkRule } from '../judging/checks/all.js';
import { type Finding, unknown } from '../judging/checks/check.js';
import { IFEVAL_KINDS, ifevalKind } from '../judging/checks/ifeval.js';
import { Limited } from '../judging/limited.js';
import { printLine, readLines, runCommand, Unusable } from './command.js';

const USAGE = `measure:rules -- FILE | --kinds
FILE (or - for standard input) has lines of {"id", "prompt", "text", "rules": [{"kind", ...arguments}]}.
Prints a line of {"id", "results": [{"kind", "met": "yes" | "no" | "unknown", "evidence"}]} for each, results in the order of the rules.
--kinds lists every kind with its arguments and an example, our own and IFEval's, as one JSON array.`;

const Line = z.object({
  id: z.union([z.string(), z.number()]),
  prompt: z.string().nullish(),
  text: z.string(),
  rules: z.array(z.looseObject({ kind: z.string() })),
});
type Line = z.infer<typeof Line>;
type AnyRule = Line['rules'][number];

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { kinds: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.kinds) {
    process.stdout.write(`${JSON.stringify(kinds(), null, 2)}\n`);
    return;
  }
  const [file] = positionals;
  if (file === undefined) throw new Unusable('Which file?');
  await judgeLines(file);
}

async function judgeLines(file: string): Promise<void> {
  const limited = new Limited();
  let unusable = 0;
  try {
    for await (const line of readLines(file, Line)) {
      const results = [];
      for (const rule of line.rules) {
        const { met, evidence } = await finding(rule, line, limited);
        if (evidence.startsWith('not usable: ')) unusable += 1;
        results.push({ kind: rule.kind, met, evidence });
      }
      printLine({ id: line.id, results });
    }
  } finally {
    await limited.close();
  }
  if (unusable > 0) console.error(`${unusable} rules were not usable; their evidence says why.`);
}

async function finding(rule: AnyRule, line: Line, limited: Limited): Promise<Finding> {
  const prompt = line.prompt ?? '';
  const ifeval = ifevalKind(rule.kind);
  if (ifeval) return await ifeval.check(rule, { text: line.text, prompt, limited });
  const parsed = QualityRule.safeParse(withoutNulls(rule));
  if (!parsed.success) return unknown(`not usable: ${parsed.error.issues[0]?.message ?? 'no such rule'}`);
  const answer = readAnswer([
    { type: 'text', name: 'answer.txt', mediaType: 'text/plain', bytes: new TextEncoder().encode(line.text) },
  ]);
  const brief = { title: '', description: prompt, details: '' };
  return await checkRule(parsed.data, { answer, brief, attachments: [], limited });
}

/** Tables of rules give every row every column: null is an argument that was not given. */
function withoutNulls(rule: AnyRule): Record<string, unknown> {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== null));
}

function kinds(): object[] {
  const own = QualityRule.options.map((option) => {
    const { kind, target: _target, ...shape } = option.shape;
    const { description, examples } = option.meta() ?? {};
    const [example] = Array.isArray(examples) ? examples : [];
    return { kind: kind.value, of: 'bakeoff', asks: description, arguments: argumentsOf(z.object(shape)), example };
  });
  const theirs = IFEVAL_KINDS.map(({ kind, counts, arguments: schema, example }) => ({
    ...{ kind, of: 'ifeval', asks: counts, arguments: argumentsOf(schema), example },
  }));
  return [...own, ...theirs];
}

/** Each argument's JSON Schema, with `required` where a rule can't do without it. */
function argumentsOf(schema: z.ZodType): object {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      typeof value === 'object' ? { ...value, required: required.includes(name) } : {},
    ]),
  );
}

await runCommand(USAGE, main);
