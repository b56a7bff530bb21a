import { z } from 'zod';
import { notRun, type TestReport } from '../judging/sandbox/report.js';
import { givenTests, testLanguage } from '../judging/tests/given.js';
import { TestRunner } from '../judging/tests/runner.js';
import { printLine, readLines, runCommand, Unusable } from './command.js';

const USAGE = `Usage: npm run -s measure:tests -- FILE
  FILE: lines of {"id", "language", "solution", "tests"}; - is standard input.
  Prints lines of {"id", "verdict": "pass" | "fail" | "not_run", "passed", "failed", "reason"}, in the order of FILE.`;

const Line = z.object({
  id: z.union([z.string(), z.number()]),
  language: z.string(),
  solution: z.string(),
  tests: z.unknown(),
});
type Line = z.infer<typeof Line>;

/** Lines in work: a few more than run at a time, so that a slow one holds up the printing and not the others. */
const AHEAD = 6;

await runCommand(USAGE, async ([file, ...others]) => {
  if (file === undefined || others.length > 0) throw new Unusable('Give one file.');
  const runner = new TestRunner();
  const begun: Promise<object>[] = [];
  for await (const line of readLines(file, Line)) {
    begun.push(report(runner, line));
    if (begun.length > AHEAD) printLine(await begun.shift());
  }
  for (const each of begun) printLine(await each);
  await runner.close();
});

async function report(runner: TestRunner, line: Line): Promise<object> {
  const { verdict, passed, failed, reason } = await tested(runner, line);
  return { id: line.id, verdict, passed, failed, reason };
}

async function tested(runner: TestRunner, { language, solution, tests }: Line): Promise<TestReport> {
  const known = testLanguage(language);
  if (known === undefined)
    return notRun(`there is no sandbox for ${language.slice(0, 40)}: javascript, typescript and python are run`);
  const given = givenTests(tests);
  return typeof given === 'string' ? notRun(given) : runner.run({ language: known, solution, ...given });
}
