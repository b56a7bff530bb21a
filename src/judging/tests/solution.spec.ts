import { expect, test } from 'vitest';
import type { JudgedArtifact } from '../judge.js';
import { solutionIn } from './solution.js';
import { Tests } from './tests.schema.js';

const file = (name: string, content: string, type: JudgedArtifact['type'] = 'code'): JudgedArtifact => ({
  ...{ type, name, mediaType: 'text/plain' },
  bytes: Buffer.from(content),
});
const tests = (language: string, call = 'add') => Tests.parse({ language, cases: [{ call, equals: 1 }] });

test('the file is taken that is in the language of the tests and has the names that they call', () => {
  const files = [
    file('README.md', '# add\nSome text.', 'markdown'),
    file('solution.test.js', 'test add add add add add add add add add add add add add add add add'),
    file('helpers.js', 'export const help = 1; // a long file that has nothing to do with what is wanted'),
    file('other.js', 'export const add = 1;'),
    file('add.py', 'def add(): pass'),
  ];
  expect(solutionIn(files, tests('javascript'))).toContain('const add = 1');
  expect(solutionIn(files, tests('python'))).toContain('def add');
  expect(solutionIn(files, tests('typescript'))).toContain('const add = 1');
  expect(solutionIn(files.slice(0, 4), tests('python'))).toBeUndefined();
});

test('code in a fence is code, whatever the artifact says it is', () => {
  const fenced = 'Here it is:\n\n```python\ndef add(a, b):\n    return a + b\n```\n\nHave fun.';
  for (const type of ['markdown', 'text', 'code'] as const)
    expect(solutionIn([file('answer.md', fenced, type)], tests('python'))?.trim()).toBe(
      'def add(a, b):\n    return a + b',
    );
});

test('an answer without code has none', () => {
  expect(solutionIn([], tests('python'))).toBeUndefined();
  expect(solutionIn([file('a.md', 'I would add the two.', 'markdown')], tests('python'))).toBeUndefined();
});
