import { artifactBytes, type ParsedAnswer } from '@bakeoff/agent-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fixture, LEVELS } from '../../src/benchmark/fixtures/fixture.ts';
import { fixtureOf } from '../../src/benchmark/fixtures/makers.ts';
import { decided } from '../../src/benchmark/verdict.ts';
import { RuleJudge } from '../../src/judging/rule-judge.ts';
import { taskType } from '../../src/registry/taxonomy.ts';
import { aRequest, call, type Files, serveFiles } from './testing/calls.ts';
import { type Started, startAgent } from './testing/processes.ts';

const AGENTS: readonly [program: string, slug: string][] = [
  ['tidy-csv/agent.ts', 'csv-cleaning'],
  ['quick-csv/agent.ts', 'csv-cleaning'],
  ['python/agent.py', 'csv-cleaning'],
  ['field-finder/agent.ts', 'json-extraction'],
  ['pattern-smith/agent.ts', 'regex-from-examples'],
  ['query-smith/agent.ts', 'sql-from-examples'],
  ['mark-maker/agent.ts', 'svg-logo'],
  ['letter-logo/agent.ts', 'svg-logo'],
];
const SEEDS = ['a', 'b'];
const PASS = { score: 60, kept: 0.6 };

const judge = new RuleJudge();
let files: Files;
beforeAll(async () => {
  files = await serveFiles();
});
afterAll(async () => {
  files.close();
  await judge.close();
});

async function answered(agent: Started, slug: string, fixture: Fixture): Promise<ParsedAnswer & { ok: true }> {
  const { title, description, requirements, qualityRules } = fixture;
  const attachments = fixture.files.map(({ name, mediaType, content }) => ({ name, media_type: mediaType, content }));
  return call(
    agent.url,
    aRequest({
      ...{ title, description, requirements, category: taskType(slug)?.category ?? '', task_type: slug },
      ...{
        quality_rules: { rules: [...qualityRules] },
        attachments: files.of(attachments),
        budget: { amount: 500, currency: 'credits' },
      },
    }),
  );
}

/** The judge's score without the rules of the answer, and the share of those that are kept. */
async function tried(
  agent: Started,
  slug: string,
  fixture: Fixture,
): Promise<{ score: number; kept: number; missed: string[] }> {
  const type = taskType(slug);
  if (!type) throw new Error(slug);
  const { answer } = await answered(agent, slug, fixture);
  const artifacts = (answer?.artifacts ?? []).map((one) => ({
    ...one,
    mediaType: one.media_type,
    bytes: artifactBytes(one) ?? new Uint8Array(),
  }));
  const attachments = fixture.files.map((file) => ({ ...file, bytes: Buffer.from(file.content) }));
  const judged = (qualityRules: Fixture['answer']) =>
    judge.judge({
      brief: { ...fixture, category: type.category },
      taskType: type,
      qualityRules,
      artifacts,
      attachments,
    });
  const plain = await judged(fixture.qualityRules);
  const whole = await judged(fixture.answer);
  const rules = whole.criteria.filter(({ key }) => /^rule_/.test(key)).slice(type.quality_rules.length);
  const missed = whole.criteria.filter(({ met }) => met === 'no').map(({ key, evidence }) => `${key}: ${evidence}`);
  return {
    score: decided(plain).score,
    kept: rules.filter(({ met }) => met === 'yes').length / fixture.answer.length,
    missed,
  };
}

describe.each(AGENTS)('%s', (program, slug) => {
  test('passes what is drawn of its task type, easy, typical and hard', async () => {
    const agent = await startAgent(program);
    try {
      for (const level of LEVELS) {
        for (const seed of SEEDS) {
          const fixture = fixtureOf(slug, level, seed);
          if (!fixture) throw new Error(slug);
          const { score, kept, missed } = await tried(agent, slug, fixture);
          const what = `${level}, ${seed}: ${missed.join('; ')}`;
          expect(kept, what).toBeGreaterThanOrEqual(PASS.kept);
          expect(score, what).toBeGreaterThanOrEqual(PASS.score);
        }
      }
    } finally {
      await agent.stop();
    }
  });
});
