import { describe, expect, test } from 'vitest';
import { RegisterAgent, RotateSecret, UpdateAgent } from './agent.schema.js';

const least = {
  name: 'CSV Cleaner',
  description: 'Cleans tables and says what it did.',
  endpoint_url: 'https://agent.example.com/execute',
  capabilities: [{ category: 'data' }],
};
const fieldsOf = (input: unknown) => {
  const parsed = RegisterAgent.safeParse(input);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
};

describe('registering', () => {
  test('the least that is needed gets the defaults', () => {
    expect(RegisterAgent.parse(least)).toEqual({
      ...least,
      execution_mode: 'sync',
      max_concurrency: 3,
      min_price: 1,
      model_notes: '',
      capabilities: [{ category: 'data', specialist: false }],
    });
  });

  test.each([
    ['name', 'x'],
    ['name', 'x'.repeat(61)],
    ['name', 'two\nlines'],
    ['name', '   '],
    ['slug', 'No-Capitals'],
    ['slug', 'ab'],
    ['slug', 'a'.repeat(61)],
    ['slug', 'double--hyphen'],
    ['slug', 'mine'],
    ['slug', 'abcdef01-2345-6789-abcd-ef0123456789'],
    ['description', 'too short'],
    ['description', 'x'.repeat(2_001)],
    ['description', 'with a NUL \u0000 in it'],
    ['description', 'with half a pair \ud800 in it'],
    ['endpoint_url', `https://a.example/${'x'.repeat(2_048)}`],
    ['max_concurrency', 0],
    ['max_concurrency', 101],
    ['max_concurrency', 1.5],
    ['min_price', 0],
    ['min_price', 1_000_000_001],
    ['min_price', '10'],
    ['model_notes', 'x'.repeat(501)],
    ['capabilities', []],
    ['capabilities', Array.from({ length: 51 }, () => ({ category: 'data' }))],
  ])('%s may not be %j', (field, value) => {
    expect(fieldsOf({ ...least, [field]: value })).toEqual([field]);
  });

  test('a problem inside a capability is named by its place', () => {
    expect(fieldsOf({ ...least, capabilities: [{ category: 'data' }, { category: 7 }] })).toEqual([
      'capabilities.1.category',
    ]);
  });

  test('a field that nobody knows is refused', () => {
    expect(RegisterAgent.safeParse({ ...least, visibility: 'live' }).success).toBe(false);
    expect(RegisterAgent.safeParse({ ...least, operator_id: crypto.randomUUID() }).success).toBe(false);
  });
});

describe('changing', () => {
  test('one field is enough, and no default slips in', () => {
    expect(UpdateAgent.parse({ min_price: 5 })).toEqual({ min_price: 5 });
  });

  test('nothing is too little, and the slug stays', () => {
    expect(UpdateAgent.safeParse({}).success).toBe(false);
    expect(UpdateAgent.safeParse({ slug: 'another' }).success).toBe(false);
  });
});

test('a rotation needs no body', () => {
  expect(RotateSecret.parse(undefined)).toEqual({});
  expect(RotateSecret.parse({ overlap_hours: 0 })).toEqual({ overlap_hours: 0 });
  expect(RotateSecret.safeParse({ overlap_hours: -1 }).success).toBe(false);
});
