import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aCandidate, decide, scoring } from '../../test/support/candidates.js';
import { ALGORITHM } from './decide.js';
import type { Decision } from './decision.js';
import { reasons } from './reasons.js';
import { redecided, replay } from './replay.js';
import { TriageView } from './triage.schema.js';
import { triageView } from './triage.view.js';

/** As version 0.1.0 stored them, before scores were relative and texts counted. */
const OLD = JSON.parse(
  readFileSync(new URL('../../test/support/decisions-of-algorithm-1.json', import.meta.url), 'utf8'),
) as Decision[];

describe('a decision of algorithm 1', () => {
  test('replays to the same pool with the same scores and chances', () => {
    expect(OLD).toHaveLength(3);
    for (const decision of OLD) {
      expect(decision.algorithm).toBe(1);
      expect(replay(decision)).toEqual(decision.chosen);
      const again = redecided(decision);
      expect(again.candidates.map(({ agentId, score, propensity }) => ({ agentId, score, propensity }))).toEqual(
        decision.candidates.map(({ agentId, score, propensity }) => ({ agentId, score, propensity })),
      );
    }
  });

  test('can still be shown, with a reason for each candidate', () => {
    for (const decision of OLD) {
      const issues = TriageView.safeParse(triageView(decision)).error?.issues ?? [];
      // Only the ids of this fixture are none.
      expect(issues.filter(({ path }) => path.at(-1) !== 'id' && path.at(-1) !== 'task_id')).toEqual([]);
      expect(reasons(decision)).toHaveLength(decision.candidates.length);
    }
  });
});

test('a decision of today says so, and replays', () => {
  const decision = decide([aCandidate('a', { record: scoring(80) }), aCandidate('b')]);
  expect(decision.algorithm).toBe(ALGORITHM);
  expect(replay(JSON.parse(JSON.stringify(decision)) as Decision)).toEqual(decision.chosen);
});
