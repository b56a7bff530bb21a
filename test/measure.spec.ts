import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/measure.md'), 'utf8');
const COMMANDS = ['rank', 'world', 'rules', 'pairs', 'tests', 'panel', 'judge'] as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bakeoff-measure-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

async function ended(command: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await closed, out, errors };
}

const program = (name: string) => join(ROOT, 'dist/bundle', `measure-${name}.js`);
const run = (name: string, ...args: string[]) => ended(process.execPath, [program(name), ...args]);

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The examples of a section: commands as they stand, and what they print. */
function examples(section: string): { commands: string; language: string; printed: string }[] {
  const [, body = ''] = PAGE.split(new RegExp(`^## ${section}$`, 'm'));
  const [own = ''] = body.split(/^## /m);
  const found = own.matchAll(/<!-- tested -->\n```sh\n(.*?)```\n\n```(json|text)\n(.*?)```/gs);
  return [...found].map(([, commands = '', language = '', printed = '']) => ({ commands, language, printed }));
}

describe('docs/measure.md', () => {
  test('has a section for each command, in an order, and no other', () => {
    const sections = [...PAGE.matchAll(/^## (.+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(COMMANDS.map((name) => (name === 'judge' ? name : `measure:${name}`)));
  });

  test.each(COMMANDS)('shows an example of %s that prints what it says', async (name) => {
    const shown = examples(name === 'judge' ? name : `measure:${name}`);
    expect(shown.length).toBeGreaterThan(0);
    for (const { commands, language, printed } of shown) {
      const script = commands.replace(
        /npm run -s (?:measure:)?(\w+) --/g,
        (_, command) => `'${process.execPath}' '${program(command)}'`,
      );
      const { code, out } = await ended('sh', ['-c', script]);
      expect(code).toBe(0);
      if (language === 'text') expect(out.trim()).toBe(printed.trim());
      else expect(values(out)).toMatchObject(values(printed));
    }
  });
});

function values(lines: string): unknown[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('a command', () => {
  test.each(COMMANDS)('%s explains itself with --help', async (name) => {
    const { code, out, errors } = await run(name, '--help');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out).toContain(name);
  });

  test.each(COMMANDS)('%s ends with 2 and one line on standard error when it is asked wrongly', async (name) => {
    const broken = file('broken.json', '{"agents": [,');
    const others = name === 'judge' ? ['--task-type', 'summary', '--brief', broken, broken] : [broken];
    for (const args of [[], ['--no-such-option'], [join(folder, 'missing.json')], others]) {
      const { code, out, errors } = await run(name, ...args);
      expect({ args, code, out, lines: errors.trim().split('\n').length }).toEqual({
        args,
        code: 2,
        out: '',
        lines: 1,
      });
    }
  });

  test('says in which line of a file something is wrong', async () => {
    const path = file('lines.jsonl', '{"id": 1, "text": "a", "rules": []}\n\n{"id": 2, "rules": []}\n');
    const { code, errors } = await run('rules', path);
    expect(code).toBe(2);
    expect(errors).toContain('lines.jsonl:3');
  });
});

describe('judge', () => {
  const brief = () =>
    file(
      'brief.json',
      JSON.stringify({
        title: 'Add two numbers',
        description: 'A function add(a, b) that returns their sum.',
        requirements: { function_name: 'add', signature: 'add(a, b)', examples: ['add(1, 2) returns 3'] },
        quality_rules: { rules: [{ kind: 'code_defines', names: ['add'] }] },
        tests: { language: 'javascript', cases: [{ call: 'add', args: [1, 2], equals: 3 }] },
        budget: 100,
      }),
    );
  const judged = async (content: string, ...more: string[]) => {
    const work = file('solution.js', content);
    const args = ['--task-type', 'javascript-function', '--brief', brief(), '--json', ...more, work];
    const { code, out, errors } = await run('judge', ...args);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    return JSON.parse(out);
  };

  test('prints a judgement as JSON, with the tests of the brief', async () => {
    const right = await judged('export function add(a, b) {\n  return a + b;\n}\n');
    const wrong = await judged('export function add(a, b) {\n  return a - b;\n}\n');
    expect(right).toMatchObject({
      files: [{ name: 'solution.js', type: 'code', media_type: 'text/javascript' }],
      rubric: { task_type: 'javascript-function' },
      tests: { verdict: 'pass', passed: 1 },
    });
    expect(wrong.tests).toMatchObject({ verdict: 'fail', failed: 1 });
    expect(wrong.total.high).toBeLessThan(right.total.high);
    expect(right.asked).toBe(
      right.criteria.filter(({ source }: { source: string }) => !/gate|tests/.test(source)).length,
    );
    expect(right.unknown).toBeLessThan(right.asked);
  });

  test('notices a copy of another bid', async () => {
    const other = file(
      'other.js',
      'export function add(a, b) {\n  const sum = a + b; // the sum of the two\n  return sum;\n}\n',
    );
    const { gates } = await judged(readFileSync(other, 'utf8'), '--against', other);
    expect(gates.map(({ key }: { key: string }) => key)).toContain('near_copy');
  });

  test('names the task type that was meant', async () => {
    const { code, errors } = await run('judge', '--task-type', 'csv-cleanin', '--brief', brief(), brief());
    expect(code).toBe(2);
    expect(errors).toContain('did you mean "csv-cleaning"?');
  });

  test('reads a brief of plain text, and says which requirements are missing', async () => {
    const plain = file('brief.md', '# Clean this up\n\nNo duplicates.');
    const work = file('cleaned.csv', 'id,name\n1,Ada\n');
    const { code, out, errors } = await run('judge', '--task-type', 'csv-cleaning', '--brief', plain, work);
    expect(code).toBe(0);
    expect(errors).toContain('requirements.columns is required');
    expect(out).toMatch(/^TOTAL +\d+\.\d to +\d+\.\d$/m);
    expect(out).toMatch(/criteria could (?:not )?be judged without a model\.$/m);
  });

  test('prints nothing of a work that could steer a terminal', async () => {
    const plain = file('brief.md', 'A sign\nSay "open".');
    const work = file('sign.txt', 'closed \u001b[2J\u001b]0;title\u0007 \u009b31m \u202e\n'.repeat(3));
    const { out } = await run('judge', '--task-type', 'plain-language-rewrite', '--brief', plain, work);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});
