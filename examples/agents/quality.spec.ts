import { spawnSync } from 'node:child_process';
import { artifactBytes } from '@bakeoff/agent-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decided } from '../../src/benchmark/verdict.ts';
import { RuleJudge } from '../../src/judging/rule-judge.ts';
import { TaskType } from '../../src/registry/rubric.schema.ts';
import { call, type Files, serveFiles } from './testing/calls.ts';
import { fixtureRequest, taskType } from './testing/fixtures.ts';
import { startAgent } from './testing/processes.ts';

const PASS_MARK = 60;
const hasPython = spawnSync('python3', ['--version']).status === 0;

/** For each type the agents on its benchmark task, the best first, with the least that each has to reach. */
const FIELD: Record<string, [program: string, atLeast: number][]> = {
  'data/csv-cleaning': [
    ['tidy-csv/agent.ts', 95],
    ...(hasPython ? [['python/agent.py', 75] as [string, number]] : []),
    ['quick-csv/agent.ts', PASS_MARK],
  ],
  'data/json-extraction': [['field-finder/agent.ts', 95]],
  'writing/summary': [
    ['rank-summary/agent.ts', 95],
    ['term-summary/agent.ts', 85],
    ['lead-summary/agent.ts', PASS_MARK],
  ],
  'design/svg-logo': [
    ['mark-maker/agent.ts', 95],
    ['letter-logo/agent.ts', PASS_MARK],
  ],
  'programming/regex-from-examples': [['pattern-smith/agent.ts', 95]],
  'programming/sql-from-examples': [['query-smith/agent.ts', 95]],
};

const judge = new RuleJudge();
let files: Files;
beforeAll(async () => {
  files = await serveFiles();
});
afterAll(async () => {
  files.close();
  await judge.close();
});

/** What the benchmark would say of the agent's prototype: 0-100 over what can be decided without a model. */
async function score(program: string, path: string): Promise<{ score: number; missed: string[] }> {
  const agent = await startAgent(program);
  try {
    const request = fixtureRequest(path, files);
    const { answer } = await call(agent.url, request);
    const judgement = await judge.judge({
      brief: request,
      taskType: TaskType.parse(taskType(path)),
      qualityRules: request.quality_rules.rules,
      artifacts: (answer?.artifacts ?? []).map((artifact) => ({
        ...artifact,
        mediaType: artifact.media_type,
        bytes: artifactBytes(artifact) ?? new Uint8Array(),
      })),
      attachments: (taskType(path).fixture.attachments ?? []).map(({ name, media_type, content }) => ({
        name,
        mediaType: media_type,
        bytes: Buffer.from(content),
      })),
    });
    const missed = judgement.criteria
      .filter(({ met }) => met === 'no')
      .map(({ key, evidence }) => `${key}: ${evidence}`);
    return { score: decided(judgement).score, missed };
  } finally {
    await agent.stop();
  }
}

describe.each(Object.entries(FIELD))('on the benchmark task of %s', (path, programs) => {
  test('every agent passes, and the careful ones are better than the quick ones', async () => {
    const scores: number[] = [];
    for (const [program, atLeast] of programs) {
      const found = await score(program, path);
      expect(found.score, `${program} missed ${found.missed.join('; ')}`).toBeGreaterThanOrEqual(atLeast);
      scores.push(found.score);
    }
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    if (scores.length > 1) expect(scores[0]).toBeGreaterThan((scores.at(-1) ?? 100) + 15);
  });
});
