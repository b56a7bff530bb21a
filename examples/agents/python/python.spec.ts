import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Runs a few lines of Python beside the agent; what it prints is JSON. */
function python(lines: string, input: unknown): unknown {
  const program = `import json, sys\nvalue = json.load(sys.stdin)\n${lines}`;
  const { stdout, stderr } = spawnSync('python3', ['-B', '-c', program], {
    cwd: FOLDER,
    input: JSON.stringify(input),
    encoding: 'utf8',
  });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout);
}

function cleaned(text: string, requirements: object): [string, string[]] {
  return python('from clean import brief_from, cleaned\nprint(json.dumps(cleaned(value[0], brief_from(value[1]))))', [
    text,
    requirements,
  ]) as [string, string[]];
}

describe.skipIf(!hasPython)('cleaning in Python', () => {
  test('gives the columns, records, dates and order that were asked for', () => {
    const requirements = {
      columns: ['id', 'email', 'joined'],
      unique_by: ['email'],
      not_blank: ['id'],
      date_column: 'joined',
      sort_by: 'id',
    };
    const [text, notes] = cleaned(
      'E-Mail;id;joined\n A@x ;10;3.4.2020\na@X;11;x\n;;\nb@x;9;2020-01-02\nc@x;;\n',
      requirements,
    );
    expect(text).toBe('id,email,joined\n9,b@x,2020-01-02\n10,a@x,2020-04-03\n');
    expect(notes).toEqual(['4 rows became 2.']);
  });

  test('survives requirements and tables that are none', () => {
    for (const value of [null, 7, {}, [[]], ['']]) {
      const requirements = { columns: value, unique_by: value, not_blank: value, date_column: value, sort_by: value };
      expect(cleaned('a,b\n1,"2\n', requirements)[1][0]).toMatch(/rows became/);
    }
    expect(cleaned('', {})[0]).toBe('\n');
  });

  test('sorts as the notes say', () => {
    const wish = (notes: string) =>
      python('from clean import sort_wish\nprint(json.dumps(sort_wish(value, ["id", "name"])))', notes);
    expect(wish('Please sort by name, descending.')).toEqual(['name', true]);
    expect(wish('Ordered by id')).toEqual(['id', false]);
    expect(wish('Lovely!')).toBeNull();
  });

  test('attachments come by http or https only', () => {
    const read = (url: string) =>
      python(
        'import time\nfrom contract import Failure\nfrom outgoing import read_attachment\ntry:\n    read_attachment({"url": value}, 9, time.monotonic() + 5)\nexcept Failure as error:\n    print(json.dumps(error.code))',
        url,
      );
    for (const url of ['file:///etc/passwd', 'ftp://x/y', 'http://127.0.0.1:1/', 'x', 'http://[', ''])
      expect(read(url)).toBe('attachment_unreadable');
  });
});
