import { z } from 'zod';
import { type TestedWork } from './runner.js';
import { TestCase, type TestLanguage } from './tests.schema.js';

/** Tests as people have them in their own files: one shape or another is read, and all become the same thing. */

const LANGUAGES: Readonly<Record<string, TestLanguage>> = {
  js: 'javascript',
  javascript: 'javascript',
  mjs: 'javascript',
  node: 'javascript',
  ts: 'typescript',
  typescript: 'typescript',
  py: 'python',
  python: 'python',
  python3: 'python',
};

/** @returns undefined for a language that is not run here */
export function testLanguage(name: string): TestLanguage | undefined {
  const key = name.trim().toLowerCase();
  return Object.hasOwn(LANGUAGES, key) ? LANGUAGES[key] : undefined;
}

const NAMES = {
  call: ['call', 'function', 'fn', 'entry', 'entry_point', 'method'],
  args: ['args', 'arguments', 'inputs', 'input', 'params'],
  equals: ['equals', 'expected', 'expect', 'output', 'result', 'returns', 'want'],
  source: ['source', 'code', 'test', 'assert', 'assertion'],
  list: ['cases', 'tests', 'test_list'],
} as const;

type Given = Pick<TestedWork, 'cases' | 'sources'>;

/**
 * Text, a list of texts, a list of cases (objects, or pairs of arguments and result), or an object with `cases` and `source`.
 *
 * @returns what is wrong, where it is none of these
 */
export function givenTests(value: unknown): Given | string {
  if (typeof value === 'string') return value.trim() === '' ? 'tests is empty' : { cases: [], sources: [value] };
  if (Array.isArray(value)) return listed(value);
  if (!isRecord(value)) return 'tests must be text, a list or an object';
  const list = first(value, NAMES.list);
  const source = first(value, NAMES.source);
  if (list === undefined && source === undefined) return listed([value]);
  const call = first(value, NAMES.call);
  const parts = [list ?? [], source ?? []].flat();
  return listed(
    parts.map((part) =>
      isRecord(part) && call !== undefined && first(part, NAMES.call) === undefined ? { ...part, call } : part,
    ),
  );
}

function listed(parts: readonly unknown[]): Given | string {
  const cases: TestCase[] = [];
  const sources: string[] = [];
  for (const part of parts) {
    const source =
      typeof part === 'string'
        ? part
        : isRecord(part) && first(part, NAMES.equals) === undefined
          ? first(part, NAMES.source)
          : undefined;
    if (typeof source === 'string') {
      sources.push(source);
      continue;
    }
    const read = TestCase.safeParse(asCase(part));
    if (!read.success)
      return `test ${cases.length + sources.length + 1}: ${z.prettifyError(read.error).split('\n')[0]}`;
    cases.push(read.data);
  }
  return cases.length + sources.length === 0 ? 'there is no test' : { cases, sources };
}

function asCase(part: unknown): unknown {
  if (Array.isArray(part) && part.length === 2) return { args: listOf(part[0]), equals: part[1] };
  if (!isRecord(part)) return part;
  const { name, within, tolerance, matches, throws, raises } = part;
  const call = first(part, NAMES.call);
  const args = first(part, NAMES.args);
  const equals = first(part, NAMES.equals);
  const given = {
    name,
    call,
    args: args === undefined ? [] : listOf(args),
    equals,
    within: within ?? tolerance,
    matches,
    throws: throws ?? raises,
  };
  return Object.fromEntries(Object.entries(given).filter(([, each]) => each !== undefined));
}

function first(record: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  return names.map((name) => record[name]).find((each) => each !== undefined);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
