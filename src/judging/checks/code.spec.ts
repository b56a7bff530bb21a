import type { QualityRule } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import { anArtifact, findingOf } from '../../../test/support/answers.js';
import { canDecide } from '../../registry/decidable.js';
import type { Met } from '../judgement.schema.js';

const file = (name: string, content: string) => [
  anArtifact(content, {
    type: name.endsWith('.txt') || name.endsWith('.md') ? 'text' : 'code',
    name,
    mediaType: 'text/plain',
  }),
];
const parses = (language: 'javascript' | 'typescript' | 'json' | 'python' | 'sql' | 'css'): QualityRule => ({
  kind: 'code_parses',
  language,
});
const accepts = (accept: string[], reject: string[]): QualityRule => ({
  kind: 'regex_matches',
  accept,
  reject,
  flags: 'u',
});

const CASES: readonly (readonly [QualityRule, string, string, Met])[] = [
  [parses('javascript'), 'a.js', 'export const f = async (x) => (await x) ?? 1;', 'yes'],
  [parses('javascript'), 'a.js', 'with (a) b;', 'yes'],
  [parses('javascript'), 'a.js', 'function (', 'no'],
  [parses('javascript'), 'a.jsx', 'export const A = ({ b }) => <><p className="c">{b}</p><br /></>;', 'yes'],
  [parses('javascript'), 'a.jsx', 'export const A = () => <p>unclosed;', 'no'],
  [parses('javascript'), 'a.js', '('.repeat(100_000), 'unknown'],
  [parses('javascript'), 'a.js', `// ${'x'.repeat(200_000)}`, 'unknown'],
  [parses('typescript'), 'a.ts', 'enum A { B } const f = <T,>(x: T): T => x satisfies unknown as T;', 'yes'],
  [parses('typescript'), 'a.ts', 'const x: = 1;', 'no'],
  [parses('json'), 'a.json', '{"a": [1]}', 'yes'],
  [parses('json'), 'a.json', '{a: 1}', 'no'],
  [parses('python'), 'a.py', 'def f(x):\n    """It\'s (fine"""\n    return [x]  # :)\n', 'yes'],
  [parses('python'), 'a.py', 'def f(x:\n    return 1\n', 'no'],
  [parses('sql'), 'a.sql', "SELECT ')' FROM t -- (\n", 'yes'],
  [parses('sql'), 'a.sql', 'SELECT a FROM t WHERE;', 'no'],
  [{ kind: 'code_parses', language: 'sql', dialect: 'bigquery' }, 'a.sql', 'SELECT * EXCEPT (a) FROM `p.d.t`', 'yes'],
  [{ kind: 'code_parses', language: 'sql', dialect: 'sqlite' }, 'a.sql', 'SELECT DISTINCT ON (a) b FROM t', 'no'],
  [{ kind: 'sql_reads_only' }, 'a.sql', 'WITH a AS (SELECT 1 AS n) SELECT n FROM a', 'yes'],
  [{ kind: 'sql_reads_only' }, 'a.sql', 'SELECT 1; DELETE FROM t;', 'no'],
  [{ kind: 'sql_reads_only' }, 'a.sql', 'WITH a AS (DELETE FROM t RETURNING id) SELECT id FROM a', 'no'],
  [parses('sql'), 'a.txt', 'SELECT id\nFROM orders\nWHERE total > 10\nORDER BY id', 'yes'],
  [parses('sql'), 'a.txt', 'SELECT id FROM orders WHERE;', 'no'],
  [parses('sql'), 'a.txt', 'Select a chair from the list and sit down.\nThen wait for the others.', 'no'],
  [{ kind: 'sql_reads_only' }, 'a.txt', '-- all of them\nDELETE FROM orders', 'no'],
  [{ kind: 'sql_reads_only' }, 'a.md', 'WITH a AS (SELECT 1 AS n)\nSELECT n FROM a', 'yes'],
  [parses('python'), 'a.txt', 'def add(a, b):\n    total = a + b\n    return total', 'yes'],
  [parses('python'), 'a.txt', 'import sys\n\nx = 3\nif x > 2:\n    print(x)\n', 'yes'],
  [parses('python'), 'a.txt', 'def add(a, b:\n    return a + b', 'no'],
  [parses('javascript'), 'a.txt', 'const add = (a, b) => a + b;\nexport default add;', 'yes'],
  [parses('javascript'), 'a.txt', 'function add(a, b) {\n  return a + b;\n}', 'yes'],
  [parses('json'), 'a.txt', '{"a": [1, 2]}', 'yes'],
  [parses('typescript'), 'a.txt', 'interface A { b: string }\nconst a: A = { b: "c" };', 'yes'],
  [parses('javascript'), 'a.txt', 'I would write a function for it.\nIt adds two numbers (a and b).', 'no'],
  [{ kind: 'code_defines', names: ['add'] }, 'a.txt', 'def add(a, b):\n    return a + b', 'yes'],
  [parses('css'), 'a.css', 'p { color: red; ', 'no'],
  [parses('javascript'), 'a.py', 'x = 1', 'no'],
  [{ kind: 'code_defines', names: ['parse', 'Reader'] }, 'a.js', 'export function parse() {}\nclass Reader {}', 'yes'],
  [{ kind: 'code_defines', names: ['parse'] }, 'a.js', '// function parse() {}\nparser();', 'no'],
  [{ kind: 'code_defines', names: ['clean_rows'] }, 'a.py', 'def clean_rows(rows):\n    pass\n', 'yes'],
  [{ kind: 'code_defines', names: ['orders'] }, 'a.sql', 'create table if not exists public.orders (id int);', 'yes'],
  [{ kind: 'code_defines', names: ['main'] }, 'a.sh', 'main() {\n  echo hi\n}\n', 'yes'],
  [accepts(['DE-1'], ['de-1']), 'a.txt', '[A-Z]{2}-\\d', 'yes'],
  [accepts(['DE-1'], ['XDE-1']), 'a.txt', '/^[A-Z]{2}-\\d$/u', 'yes'],
  [accepts(['DE-1'], ['DEF-1']), 'a.txt', '`[A-Z]+-\\d`', 'no'],
  [accepts(['a'], []), 'a.json', '{"pattern": "a"}', 'yes'],
  [accepts(['a'], []), 'a.txt', '(', 'no'],
  [accepts([`${'a'.repeat(40)}!`], []), 'a.txt', '(a+)+', 'no'],
];

describe('rules about code', () => {
  test.each(CASES)('%j on %s with %s: %s', async (rule, name, content, met) => {
    expect((await findingOf(rule, file(name, content))).met).toBe(met);
  });

  test('code in a fence is found by its language', async () => {
    const text = 'Use this:\n\n```js\nconst a = 1;\n```\n\n```python\nif x\n```\n';
    expect((await findingOf(parses('javascript'), text)).met).toBe('yes');
    expect((await findingOf({ kind: 'code_defines', names: ['a'] }, text)).met).toBe('yes');
  });

  test('a parser that ran out of stack does no harm to the next answer', async () => {
    await findingOf(parses('typescript'), file('a.ts', 'a?b:'.repeat(40_000)));
    expect((await findingOf(parses('typescript'), file('b.ts', 'let a: number = 1;'))).met).toBe('yes');
  });

  test('without a parser a rule can not say yes, and so it decides nothing', () => {
    expect(canDecide({ kind: 'code_parses', language: 'css' })).toBe(false);
    expect(canDecide({ kind: 'code_parses', language: 'python' })).toBe(true);
    expect(canDecide({ kind: 'code_parses', language: 'typescript' })).toBe(true);
    expect(canDecide({ kind: 'words' })).toBe(true);
  });
});
