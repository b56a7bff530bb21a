import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../dist/bundle/measure-rules.js', import.meta.url));

async function run(args: readonly string[], input = '') {
  const child = spawn(process.execPath, [COMMAND, ...args]);
  child.stdin.end(input);
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const code = child.exitCode ?? (await once(child, 'exit'))[0];
  return { code, out, errors };
}

test('each line is answered by one, with a result for each rule in its order', async () => {
  const lines = [
    {
      ...{ id: 1, prompt: 'Write a haiku.', text: 'Snow, on\nthe rails.' },
      rules: [
        { kind: 'no_commas', num_words: null },
        { kind: 'length_constraints:number_words', num_words: 4, relation: 'at least', keyword: null },
        { kind: 'combination:repeat_prompt', prompt_to_repeat: null },
        { kind: 'mood' },
        { kind: 'words' },
      ],
    },
    { id: 'two', text: 'a', rules: [] },
  ];
  const { code, out, errors } = await run(['-'], lines.map((line) => JSON.stringify(line)).join('\n'));
  const [first, second] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(code).toBe(0);
  expect(first.id).toBe(1);
  expect(first.results.map(({ kind, met }: { kind: string; met: string }) => [kind, met])).toEqual([
    ['no_commas', 'no'],
    ['length_constraints:number_words', 'yes'],
    ['combination:repeat_prompt', 'no'],
    ['mood', 'unknown'],
    ['words', 'unknown'],
  ]);
  expect(first.results[1].evidence).toBe('4 words; asked for at least 4');
  expect(second).toEqual({ id: 'two', results: [] });
  expect(errors).toContain('2 rules were not usable');
});

test('--kinds lists our kinds and the 25 of IFEval, each with its arguments and an example', async () => {
  const { code, out } = await run(['--kinds']);
  const kinds: { kind: string; of: string; asks: string; arguments: object; example: object }[] = JSON.parse(out);
  expect(code).toBe(0);
  expect(kinds.filter(({ of }) => of === 'ifeval')).toHaveLength(25);
  expect(kinds.find(({ kind }) => kind === 'words')).toMatchObject({
    of: 'bakeoff',
    arguments: { min: { type: 'integer' } },
  });
  for (const { kind, asks, example } of kinds) expect([kind, asks, example]).not.toContain(undefined);
});

test('a line that is none is named, and the exit code is 2', async () => {
  const { code, errors } = await run(['-'], '{"id": 1}\n');
  expect(code).toBe(2);
  expect(errors).toContain('-:1');
  expect((await run([])).code).toBe(2);
});
