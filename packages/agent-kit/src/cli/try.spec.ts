import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../test/faults.js';
import { type FaultyAgent, faultyAgent } from '../../test/faulty-agent.js';
import { ranCli, ranCliWith } from '../../test/ran-cli.js';
import type { PracticeTask, PracticeWork } from '../practice.js';
import { isAsyncHere } from './arguments.js';
import { plainBrief } from './doctor.js';
import type { Practice } from './practice.js';

const SECRET = 'whsec_YmFrZW9mZi1jb250cmFjdC1leGFtcGxlLXNlY3JldCE=';
const agents: FaultyAgent[] = [];
const given: PracticeWork[] = [];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'try-'));
});
afterAll(async () => {
  for (const agent of agents) agent.close();
  await rm(folder, { recursive: true });
});

const practice: Practice = {
  where: 'here',
  task: async (task_type, level, seed): Promise<PracticeTask> => ({
    ...plainBrief(null),
    ...{ task_type, level, seed, title: `Draw ${seed}, ${level}` },
    files: [{ name: 'flour.txt', media_type: 'text/plain', content: 'Rye and wheat.' }],
  }),
  judge: async (work) => {
    given.push(work);
    const criterion = {
      key: 'a',
      dimension: 'craft',
      source: 'rubric',
      question: 'Is it bread?',
      met: 'unknown',
      evidence: 'a\u001b[2Jb',
      weight: 1,
    } as const;
    const dimensions = [{ key: 'craft', name: 'Craft', weight: 1, low: 40, high: 60 }];
    return {
      ...{ judge: 'rules', judge_version: '2', total: { low: 40, high: 60 }, gates: [] },
      dimensions,
      criteria: [criterion],
    };
  },
};

async function tried(fault: Fault, ...args: string[]) {
  const agent = await faultyAgent(fault, SECRET);
  agents.push(agent);
  given.length = 0;
  return ranCliWith(practice, 'try', agent.url, '--secret', SECRET, ...args);
}

describe('try', () => {
  test('plays a task to its revision, and shows what the platform sees of each call', async () => {
    const { code, out } = await tried('none', '--level', 'hard', '--seed', '5', '--revision', 'Shorter.');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^writing\/summary: Draw 5, hard \(budget 500\)\n\nprototype {2}ok {2}200 in .*: 1 artifact, price 10\n {2}timing +connected \d/,
    );
    expect(out).toMatch(/\ndelivery {2}ok[\s\S]*\nrevision {2}ok/);
    expect(out).toContain('artifact  bread.txt: text, text/plain, 12 bytes');
    expect(out).toMatch(
      /judged 40\.0 to 60\.0 of 100, by rules 2\n {2}Craft \(weight 1\): 40\.0 to 60\.0\n {4}unknown {2}Is it bread\?\n +a \[2Jb\n/,
    );
    expect(given).toHaveLength(3);
    expect(given[0]).toMatchObject({ task_type: 'summary', level: 'hard', seed: 5, answer: { price: 10 } });
  });

  test.each([
    ['cannot deliver', 1, /delivery {2}FAIL {2}it answered 500 no_such_phase/],
    ['declines what it bid for', 1, /declined, "Not any more\."/],
    ['half a credit', 1, /price: must be whole credits from 1 to the budget of 500, and is 10\.5/],
    ['breaks the contract', 1, /prototype {2}FAIL {2}.*artifacts\[0\]\.type/],
  ] as const)('ends with 1 for an agent that has the fault "%s"', async (fault, code, words) => {
    const tryout = await tried(fault);
    expect(tryout).toMatchObject({ code, out: expect.stringMatching(words) });
  });

  test('ends with 0 for a polite no to a prototype, and asks for nothing more', async () => {
    const { code, out } = await tried('none', '--task-type', 'speech', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      calls: [{ step: 'prototype', outcome: 'declined', declined: 'I summarise.' }],
    });
  });

  test('takes the callback of an agent that answers later, and shows how it went', async () => {
    const { code, out } = await tried('answers later', '--async');
    expect(out).toMatch(
      /prototype {2}ok {2}200 by callback in .*\n {2}timing.*\n {2}async +acknowledged in \d.*\n {2}progress {2}40 %: Kneading\n/,
    );
    expect(out).toMatch(/\ndelivery {2}ok[\s\S]*judged 40\.0 to 60\.0/);
    expect(code).toBe(0);
    const refused = await tried('calls back without artifacts', '--async', '--timeout', '4', '--json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.out)).toMatchObject({
      calls: [{ outcome: 'failed', async: { refused_callbacks: [{ status: 422, code: 'BAD_CALLBACK' }] } }],
    });
  });

  test('takes an agent for one that answers later when the agent.json beside it says so', async () => {
    expect(await isAsyncHere({ cwd: folder })).toBe(false);
    await writeFile(join(folder, 'agent.json'), '{"execution_mode": "async"}');
    expect(await isAsyncHere({ cwd: folder })).toBe(true);
  });

  test('saves the artifacts, and takes a brief of one own', async () => {
    const shown = await ranCliWith(practice, 'try', '--task-type', 'summary', '--show');
    await writeFile(join(folder, 'brief.json'), shown.out);
    const options = ['--brief', join(folder, 'brief.json'), '--phase', 'prototype', '--save', folder];
    expect((await tried('none', ...options)).code).toBe(0);
    expect(await readFile(join(folder, 'prototype', 'bread.txt'), 'utf8')).toBe('Bread rises.');
    expect(given[0]).toMatchObject({ brief: { title: 'Draw 1, typical' } });
  });

  test.each([
    [['http://127.0.0.1:1'], 'There is no agent at'],
    [['x', '--brief', 'a.json', '--seed', '1'], '--level and --seed draw a task'],
    [['x', '--task-type', 'summary', '--level', 'cruel'], '--level takes easy, typical, hard, not "cruel"'],
    [['x', '--task-type', 'summary'], 'No server gives tasks here'],
    [['x', '--task-type', 'summary', '--server', 'nowhere'], '"nowhere" is no server'],
    [
      ['x', '--task-type', 'summary', '--server', 'http://127.0.0.1:1'],
      'The server at http://127.0.0.1:1 gave no answer',
    ],
  ])('says in one line what is wrong with %j', async (args, message) => {
    const { code, err } = await ranCli('try', ...args);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
  });
});
