import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { cast, type Example, examples, reservePort } from './agents.ts';

const example = (name: string, changes: Partial<Example> = {}): Example => ({
  folder: '',
  program: '',
  isPython: false,
  needsModel: false,
  profile: { name, slug: name, min_price: 1, capabilities: [] },
  ...changes,
});
const ALL = [example('plain'), example('snake', { isPython: true }), example('model', { needsModel: true })];
const names = (list: readonly Example[]) => list.map(({ profile }) => profile.name);

describe('who takes part', () => {
  test('is everybody where there is Python and a model', () => {
    const { playing, leftOut } = cast(ALL, { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', REQUIRE_PYTHON: '1' }, true);
    expect(names(playing)).toEqual(['plain', 'snake', 'model']);
    expect(leftOut).toEqual([]);
  });

  test('is nobody that cannot run here, and it is said why', () => {
    const { playing, leftOut } = cast(ALL, { REQUIRE_PYTHON: '0' }, false);
    expect(names(playing)).toEqual(['plain']);
    expect(leftOut).toEqual([
      { name: 'snake', why: 'there is no python3 here' },
      { name: 'model', why: 'set OPENAI_BASE_URL to any OpenAI-compatible endpoint, and it competes' },
    ]);
  });

  test('must include Python where that is required', () => {
    expect(() => cast(ALL, { REQUIRE_PYTHON: '1' }, false)).toThrow(
      'REQUIRE_PYTHON is set, and there is no python3 here to run "snake".',
    );
  });
});

describe('the examples', () => {
  test('are at least six that need no model, over at least three task types, and one of them is in Python', () => {
    const plain = examples().filter(({ needsModel }) => !needsModel);
    const types = new Set(plain.flatMap(({ profile }) => profile.capabilities.map(({ task_type }) => task_type)));
    expect(plain.length).toBeGreaterThanOrEqual(6);
    expect(types.size).toBeGreaterThanOrEqual(3);
    expect(plain.some(({ isPython }) => isPython)).toBe(true);
  });

  test('get a port each, which is free once it is released', async () => {
    const ports = await Promise.all(Array.from({ length: 8 }, reservePort));
    expect(new Set(ports.map(({ number }) => number)).size).toBe(8);
    await Promise.all(ports.map(({ release }) => release()));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(ports[0]?.number, '127.0.0.1', resolve));
    server.close();
  });
});
