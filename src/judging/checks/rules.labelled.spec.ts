import { expect, test } from 'vitest';
import { findingOf } from '../../../test/support/answers.js';
import { LABELLED } from './rules.labelled.js';

test('rules agree with what people say of them, at least 98 times in 100', async () => {
  const wrong: string[] = [];
  for (const [rule, text, label] of LABELLED) {
    const { met, evidence } = await findingOf(rule, text);
    if (met !== label)
      wrong.push(`${JSON.stringify(rule)} on ${JSON.stringify(text)}: ${met}, not ${label} (${evidence})`);
  }
  expect(LABELLED.length).toBeGreaterThanOrEqual(200);
  expect(1 - wrong.length / LABELLED.length, wrong.join('\n')).toBeGreaterThanOrEqual(0.98);
});
