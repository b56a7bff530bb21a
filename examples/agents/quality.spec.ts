import { readFileSync } from 'node:fs';
import { artifactBytes } from '@bakeoff/agent-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decided } from '../../src/benchmark/verdict.ts';
import { RuleJudge } from '../../src/judging/rule-judge.ts';
import { TaskType } from '../../src/registry/rubric.schema.ts';
import { aRequest, call, type Files, serveFiles } from './testing/calls.ts';
import { startAgent } from './testing/processes.ts';

const PASS_MARK = 60;

/** The judge's own view of each agent on the benchmark task of its type: the careful ones first. */
const FIELD = {
  'data/csv-cleaning': ['tidy-csv/agent.ts', 'quick-csv/agent.ts'],
  'data/json-extraction': ['field-finder/agent.ts'],
  'writing/summary': ['rank-summary/agent.ts', 'term-summary/agent.ts', 'lead-summary/agent.ts'],
  'design/svg-logo': ['mark-maker/agent.ts', 'letter-logo/agent.ts'],
  'programming/regex-from-examples': ['pattern-smith/agent.ts'],
  'programming/sql-from-examples': ['query-smith/agent.ts'],
} as const;

const judge = new RuleJudge();
let files: Files;
beforeAll(async () => {
  files = await serveFiles();
});
afterAll(async () => {
  files.close();
  await judge.close();
});

function taskType(path: string): TaskType {
  const [category, slug] = path.split('/');
  const text = readFileSync(new URL(`../../src/registry/taxonomy/${category}.json`, import.meta.url), 'utf8');
  const { task_types } = JSON.parse(text) as { task_types: unknown[] };
  return task_types.map((type) => TaskType.parse(type)).find((type) => type.slug === slug) as TaskType;
}

async function scoreOf(program: string, path: string): Promise<number> {
  const type = taskType(path);
  const { title, description, requirements, quality_rules: rules = [], attachments = [] } = type.fixture;
  const [category = ''] = path.split('/');
  const agent = await startAgent(program);
  try {
    const request = aRequest({
      title,
      description,
      requirements,
      category,
      task_type: type.slug,
      quality_rules: { rules },
      attachments: files.of(attachments),
    });
    const { answer } = await call(agent.url, request);
    const judgement = await judge.judge({
      brief: { title, description, category, requirements },
      taskType: type,
      qualityRules: rules,
      artifacts: (answer?.artifacts ?? []).map(({ type: kind, name, media_type, ...payload }) => ({
        type: kind,
        name,
        mediaType: media_type,
        bytes: artifactBytes(payload) ?? new Uint8Array(),
      })),
      attachments: attachments.map(({ name, media_type, content }) => ({
        name,
        mediaType: media_type,
        bytes: Buffer.from(content),
      })),
    });
    const missed = judgement.criteria.filter(({ met }) => met !== 'yes');
    console.log(
      program,
      judgement.total,
      decided(judgement),
      missed.map(({ key, met, evidence, weight }) => `${key} ${met} ${weight} ${evidence}`),
    );
    return decided(judgement).score;
  } finally {
    await agent.stop();
  }
}

describe.each(Object.entries(FIELD))('%s', (path, programs) => {
  test('every agent passes the benchmark', async () => {
    const scores: number[] = [];
    for (const program of programs) scores.push(await scoreOf(program, path));
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(PASS_MARK);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    console.log(path, scores);
  });
});
