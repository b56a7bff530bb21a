import type { TriageRequest } from '../triage/decision.js';

/** What triage must know of a task, posted or not. */
export interface Asked {
  readonly id: string;
  readonly round: number;
  readonly buyerId: string;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly taskType: string;
  /** Whole credits. */
  readonly budget: number;
  /** What the buyer wishes, 0-1; null: as this server is set. */
  readonly experimentation: number | null;
}

interface Settings {
  readonly POOL_SIZE: number;
  readonly EXPERIMENTATION: number;
  readonly PROTOTYPE_WINDOW_S: number;
  readonly STOP_AFTER_GOOD_BIDS: number;
  readonly STOP_MIN_SCORE: number;
  readonly HEDGE_LATE_BIDDER: boolean;
}

/** The question put to triage for one round: the same for a task and for its preview. */
export function triageRequest(task: Asked, settings: Settings, seed: string): TriageRequest {
  const { id: taskId, round, buyerId, title, description, category, taskType, budget } = task;
  return {
    ...{ taskId, round, buyerId, category, taskType, budget },
    places: settings.POOL_SIZE,
    experimentation: task.experimentation ?? settings.EXPERIMENTATION,
    seed,
    windowMs: settings.PROTOTYPE_WINDOW_S * 1_000,
    brief: { title, description, asked: [category, taskType] },
    rules: {
      stopAfter: settings.STOP_AFTER_GOOD_BIDS > 0 ? settings.STOP_AFTER_GOOD_BIDS : null,
      stopScore: settings.STOP_MIN_SCORE,
      hedge: settings.HEDGE_LATE_BIDDER,
    },
  };
}
