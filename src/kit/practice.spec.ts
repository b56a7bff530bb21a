import { describe, expect, test } from 'vitest';
import { fixtureOf } from '../benchmark/fixtures/makers.js';
import { practiceInput, practiceTask } from './practice.js';

const answer = { artifacts: [{ type: 'file', name: 'a.csv', media_type: 'text/csv', content: 'a\n1\n' }] };
const drawn = { task_type: 'csv-cleaning', level: 'hard', seed: 7 } as const;

describe('a practice task', () => {
  test('is the same for the same draw, and another for another seed or level', () => {
    const task = practiceTask('csv-cleaning', 'hard', 7);
    expect(practiceTask('csv-cleaning', 'hard', 7)).toEqual(task);
    expect(practiceTask('csv-cleaning', 'hard', 8).files).not.toEqual(task.files);
    expect(practiceTask('csv-cleaning', 'easy', 7).files).not.toEqual(task.files);
  });

  test('is never one that a benchmark draws by the same seed, and says nothing of its answer', () => {
    const task = practiceTask('csv-cleaning', 'hard', 7);
    expect(task.files[0]?.content).not.toBe(fixtureOf('csv-cleaning', 'hard', '7')?.files[0]?.content);
    expect(Object.keys(task)).not.toContain('answer');
  });

  test('of a type that is not there is refused with the nearest one', () => {
    expect(() => practiceTask('csv-cleanin', 'easy', 1)).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_TASK_TYPE', suggestion: 'Did you mean "csv-cleaning"?' }),
    );
  });
});

describe('work on it', () => {
  test('is judged by the brief, the rules that were sent, and what a right answer holds', () => {
    const { brief, qualityRules, attachments } = practiceInput({ ...drawn, answer });
    const task = practiceTask('csv-cleaning', 'hard', 7);
    expect(brief).toEqual({
      title: task.title,
      description: task.description,
      category: 'data',
      requirements: task.requirements,
    });
    expect(qualityRules.length).toBeGreaterThan(task.quality_rules.rules.length);
    expect(attachments.map(({ name }) => name)).toEqual(task.files.map(({ name }) => name));
  });

  test('on a brief of one own is judged by that brief alone', () => {
    const { level: _, seed: __, ...brief } = practiceTask('csv-cleaning', 'easy', 1);
    expect(practiceInput({ task_type: 'csv-cleaning', brief, answer }).qualityRules).toEqual(brief.quality_rules.rules);
    const bad = { ...brief, requirements: { columns: 7 } };
    expect(() => practiceInput({ task_type: 'csv-cleaning', brief: bad, answer })).toThrow(
      /brief\.requirements\.columns/,
    );
  });

  test.each([
    [{ artifacts: [] }, 'artifacts'],
    [{ artifacts: [{ ...answer.artifacts[0], name: '../x' }] }, 'artifacts[0].name'],
    [{ declined: { reason: 'no' } }, 'nothing to judge'],
    [
      { artifacts: [{ type: 'file', name: 'a', media_type: 'a/b', url: 'https://a.example/b' }] },
      'is not fetched here',
    ],
    [undefined, 'the body must be a JSON object'],
  ])('that breaks the contract is refused, naming the field: %j', (wrong, message) => {
    expect(() => practiceInput({ ...drawn, answer: wrong })).toThrow(message);
  });
});
