import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { optionsFrom } from './arguments.ts';
import { readBrief } from './brief-files.ts';

const BRIEFS = join(import.meta.dirname, 'briefs');
const folder = mkdtempSync(join(tmpdir(), 'bakeoff-briefs-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the briefs that come with the demo', () => {
  const ours = readdirSync(BRIEFS).filter((name) => name.endsWith('.md'));

  test.each(ours)('%s is complete by itself', (name) => {
    const brief = readBrief(optionsFrom(['--brief', join(BRIEFS, name)]), '/nowhere');
    expect(brief.description.length).toBeGreaterThan(100);
    expect(brief.budget).toBeGreaterThan(0);
    for (const file of brief.attach) expect(readFileSync(file).byteLength).toBeGreaterThan(1_000);
  });

  test('begin with a customer list that has as many customers as it says', () => {
    const brief = readBrief(optionsFrom([]), '/nowhere');
    expect(brief.taskType).toBe('csv-cleaning');
    const rows = readFileSync(brief.attach[0] ?? '', 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const customers = rows.flatMap((row) => {
      const [id = '', , email = ''] = row.split(','); // no quoted field stands before the email
      return id.trim() && email.includes('@') ? [email.trim().toLowerCase()] : [];
    });
    expect(rows).toHaveLength(61);
    expect(new Set(customers).size).toBe(brief.requirements.expected_rows);
  });
});

describe('a brief of the user', () => {
  test('takes its paths from where the user stands, and what was typed counts more', () => {
    writeFileSync(
      join(folder, 'b.md'),
      '---\n{"budget": 10, "requirements": {"a": 1, "b": 1}, "attach": ["x.txt"]}\n---\nTitle\nWords.',
    );
    writeFileSync(join(folder, 'x.txt'), 'x');
    writeFileSync(join(folder, 'y.txt'), 'y');
    writeFileSync(join(folder, 'r.json'), '{"b": 2}');
    const argv = '--brief b.md --task-type summary --budget 20 --attach y.txt --requirements r.json'.split(' ');
    const brief = readBrief(optionsFrom(argv), folder);
    expect(brief).toMatchObject({ taskType: 'summary', budget: 20, requirements: { a: 1, b: 2 } });
    expect(brief.attach.map((path) => basename(path))).toEqual(['x.txt', 'y.txt']);
  });

  test.each([
    ['--brief none.md --task-type t --budget 1', 'there is no file'],
    ['--brief . --task-type t --budget 1', 'is no file'],
    ['--brief plain.md --budget 1', '--task-type T is missing'],
    ['--brief plain.md --task-type t', '--budget N is missing'],
    ['--brief plain.md --task-type t --budget 1 --attach none.csv', 'there is no file'],
  ])('that does not fit is refused: %s', (line, words) => {
    writeFileSync(join(folder, 'plain.md'), 'Title\nWords.');
    expect(() => readBrief(optionsFrom(line.split(' ')), folder)).toThrow(words);
  });
});
