import { afterAll, describe, expect, test } from 'vitest';
import { briefFrom, cleaned } from '../../packages/agent-kit/templates/typescript/clean.ts';
import { LEVELS } from '../../src/benchmark/fixtures/fixture.ts';
import { drawn } from '../../src/benchmark/fixtures/testing/drawn.ts';
import { trial } from '../../src/benchmark/fixtures/testing/trial.ts';
import { RuleJudge } from '../../src/judging/rule-judge.ts';

const judge = new RuleJudge();
afterAll(() => judge.close());

describe('the agent that the kit writes', () => {
  test.each(LEVELS)('does what a brief says, whatever is drawn: %s', async (level) => {
    for (const seed of ['one', 'two', 'three', 'four', 'five', 'six']) {
      const fixture = drawn('csv-cleaning', level, seed);
      const { requirements, description, qualityRules, files } = fixture;
      const { csv } = cleaned(files[0]?.content ?? '', briefFrom(requirements, description, qualityRules));
      const { kept, score, missed } = await trial(judge, 'csv-cleaning', fixture, csv);
      expect([kept, score], `${seed}: ${missed.join('\n')}`).toEqual([1, 100]);
    }
  });
});
