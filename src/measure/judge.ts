import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { JudgedArtifact } from '../judging/judge.js';
import { Limited } from '../judging/limited.js';
import { RuleJudge } from '../judging/rule-judge.js';
import { reported, type TestReport } from '../judging/sandbox/report.js';
import { withTests } from '../judging/tests/judged.js';
import { TestRunner } from '../judging/tests/runner.js';
import { solutionIn } from '../judging/tests/solution.js';
import type { Tests } from '../judging/tests/tests.schema.js';
import { nearest } from '../registry/nearest.js';
import {
  type CategorizedTaskType,
  categories,
  taskType,
  taskTypesOf,
  validateRequirements,
} from '../registry/taxonomy.js';
import { printLine, runCommand, Unusable } from './command.js';
import { jsonBreakdown, textBreakdown } from './judge/breakdown.js';
import { type BriefFile, briefIn } from './judge/brief-file.js';
import { artifactAt } from './judge/file.js';

const USAGE = `Usage: npm run -s judge -- --task-type T --brief FILE [--attach FILE]... [--against FILE]... [--json] ARTIFACT...
Judges files as the market would, by rules alone, and prints every criterion. The artifacts are one answer together.
  --brief    JSON as POST /tasks takes it (title, description, requirements, quality_rules, tests), or text: its first line is
             the title; - is standard input
  --attach   a file that the buyer attached        --against  another bid's file: copies are noticed
  --json     the same as JSON`;

await runCommand(USAGE, async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'task-type': { type: 'string' },
      brief: { type: 'string' },
      attach: { type: 'string', multiple: true, default: [] },
      against: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  const type = typeNamed(values['task-type']);
  if (values.brief === undefined) throw new Unusable('Give --brief FILE.');
  if (positionals.length === 0) throw new Unusable('Give at least one ARTIFACT.');
  const brief = briefIn(await sourceAt(values.brief), values.brief);
  warn(type, brief);
  const [files, attachments, others] = await Promise.all(
    [positionals, values.attach, values.against].map((paths) => Promise.all(paths.map(artifactAt))),
  );
  const judged = await judge(type, brief, { files: files ?? [], attachments: attachments ?? [], others: others ?? [] });
  if (values.json) printLine(jsonBreakdown(judged));
  else process.stdout.write(textBreakdown(judged, process.stdout.isTTY && process.stdout.getColorDepth() > 1));
});

function typeNamed(slug: string | undefined): CategorizedTaskType {
  const known = categories().flatMap((category) => taskTypesOf(category.slug).map((type) => type.slug));
  const type = taskType(slug ?? '');
  if (type) return type;
  if (slug === undefined) throw new Unusable('Give --task-type T.');
  const meant = nearest(slug, known);
  throw new Unusable(
    `There is no task type "${slug.slice(0, 80)}"; ${meant ? `did you mean "${meant}"?` : 'docs/taxonomy.md lists them.'}`,
  );
}

async function sourceAt(path: string): Promise<string> {
  if (path === '-') return text(process.stdin);
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new Unusable(`${path} can't be read: ${error instanceof Error ? error.message : 'unknown error'}`);
  });
}

/** What the market would refuse to post is judged here all the same, since a builder often has no more than a description. */
function warn(type: CategorizedTaskType, { requirements }: BriefFile): void {
  for (const { field, message } of validateRequirements(type, requirements))
    console.error(`requirements.${field} ${message}`);
}

interface Given {
  readonly files: readonly JudgedArtifact[];
  readonly attachments: readonly JudgedArtifact[];
  readonly others: readonly JudgedArtifact[];
}

async function judge(type: CategorizedTaskType, brief: BriefFile, { files, attachments, others }: Given) {
  const limited = new Limited();
  try {
    const { title, description, requirements, qualityRules } = brief;
    const judgement = await new RuleJudge(limited).judge({
      brief: { title, description, category: type.category, requirements },
      ...{ taskType: type, qualityRules, artifacts: files, attachments },
      others: others.map((file) => [file]),
    });
    const tests = brief.tests ? await tested(brief.tests, files, limited) : null;
    return { files, judgement: tests ? withTests(judgement, tests) : judgement, tests };
  } finally {
    await limited.close();
  }
}

async function tested(tests: Tests, files: readonly JudgedArtifact[], limited: Limited): Promise<TestReport> {
  const { language, cases, source } = tests;
  const solution = solutionIn(files, tests);
  if (solution === undefined) return reported([{ name: 'work', ok: false, detail: `there is no ${language} in it` }]);
  const sources = source === undefined ? [] : [source];
  return new TestRunner({ limited }).run({ language, solution, cases, sources });
}
