import type { Calibration } from '../judging/panel/calibration.js';
import type { Learned } from '../judging/panel/from-picks.js';
import { recordOf } from '../judging/panel/jury.js';
import { LEAST_PICKS } from '../judging/panel/panel.service.js';
import type { Weights } from '../judging/panel/weights.js';
import type { CalibrationView, RehearsalView } from './hindsight.schema.js';
import type { Rehearsal } from './rehearsal.js';

const Z = 1.96;

export function calibrationView(found: readonly Calibration[], learned: Learned): CalibrationView {
  return { task_types: found.map(typeView), panel: panelView(learned) };
}

export function rehearsalView(taskType: string, found: Rehearsal): RehearsalView {
  return {
    task_type: taskType,
    reordered: found.reordered,
    other_first: found.otherFirst,
    picked_first: found.pickedFirst,
    rounds: found.rounds.map(({ taskId, round, bids }) => ({
      task_id: taskId,
      round,
      bids: bids.map(({ bidId, agent, picked, rankBefore, rankAfter, before, after }) => ({
        ...{ bid_id: bidId, agent, picked, rank_before: rankBefore, rank_after: rankAfter },
        ...{ score_before: before, score_after: after },
      })),
    })),
  };
}

function typeView(found: Calibration): CalibrationView['task_types'][number] {
  const { taskType, rounds, topPicked, byChance, byJudge, byWindow, drift, dimensions, criteria } = found;
  return {
    ...{ task_type: taskType, rounds, top_picked: topPicked, by_chance: byChance, drift },
    by_judge: byJudge.map(({ judge, version, rubricVersion, topPicked: share }) => ({
      ...{ judge, judge_version: version, rubric_version: rubricVersion, top_picked: share },
    })),
    by_window: byWindow.map(({ from, topPicked: share }) => ({ from: from.toISOString(), top_picked: share })),
    dimensions: [...dimensions],
    criteria: [...criteria],
  };
}

function panelView({ jury, questions, picks }: Learned): CalibrationView['panel'] {
  const all = [[null, jury.overall] as const, ...jury.kinds];
  return { picks, least_picks: LEAST_PICKS, weights: all.flatMap(([kind, weights]) => weightViews(kind, weights)) };

  function weightViews(kind: string | null, { judges, mean, covariance }: Weights) {
    const own = questions.filter((question) => kind === null || question.kind === kind);
    return judges.map((judge, at) => {
      const [weight, spread] = [mean[at] ?? 0, Z * Math.sqrt(covariance[at]?.[at] ?? 0)];
      const { right, wrong } = recordOf(own, at);
      return { judge, kind, weight, low: weight - spread, high: weight + spread, right, wrong };
    });
  }
}
