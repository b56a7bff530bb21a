import { describe, expect, test } from 'vitest';
import { SCENES_MS, sceneAt, stageWords } from './scene.ts';

describe('the recorded contest', () => {
  test('goes from the call over the answers and the judge to the pick', () => {
    const seen = Array.from({ length: SCENES_MS / 100 + 1 }, (_, tick) => stageWords(sceneAt(tick * 100), 2));
    expect([...new Set(seen)]).toEqual(['2 agents called', '1 of 2 answered', 'Judging', 'In review', 'Picked']);
  });

  test('never takes back what was seen', () => {
    for (let ms = 100; ms <= SCENES_MS; ms += 100)
      expect(sceneAt(ms).arrived).toBeGreaterThanOrEqual(sceneAt(ms - 100).arrived);
  });
});
