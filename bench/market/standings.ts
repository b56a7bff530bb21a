// What the database keeps of each agent, in memory. Counts and lessons are the product's own code; what SQL does with them is said again
// here: setbacks, the times that answers took, and who is too slow.

import type { CandidateRecord } from '../../src/triage/decision.ts';
import type { Lesson } from '../../src/triage/lessons.ts';
import type { Called, Growth, StandingChange } from '../../src/triage/standing.ts';
import {
  asVersion,
  growths,
  KEPT_REMEMBERED,
  lessons,
  NEW_RATING,
  NOTHING,
  REMEMBERED,
  rowKey,
  summary,
} from './product.ts';

const MOST_SETBACKS = 10;
const USUAL_FROM = 5;
const SLOW_REST_MS = 24 * 3_600_000;

interface Row {
  lesson: Lesson;
  called: number;
  presented: number;
  picked: number;
  setbacks: number;
  setbackAt: number | null;
  recentMs: readonly number[];
  answerMs: readonly number[];
  answeredAt: number;
  kept: readonly number[];
}

export class Standings {
  private readonly rows = new Map<string, Row>();

  /** Changes of one round in one call, as the product hands them over. */
  record(changes: readonly (StandingChange | Called)[], now: number): void {
    const grown = growths(changes).map((growth) => {
      const key = rowKey(growth.agent_id, growth.category, growth.task_type);
      const row = this.rows.get(key) ?? nothing(key);
      this.rows.set(key, row);
      grow(row, growth, now);
      return [key, row.lesson] as const;
    });
    const taught = changes.filter((change): change is StandingChange => change.happened !== 'called');
    for (const [key, lesson] of lessons(new Map(grown), taught)) {
      const row = this.rows.get(key);
      if (row) row.lesson = lesson;
    }
  }

  /** As triage reads it for a candidate. */
  of(agentId: string, category: string): { tries: number; triesAnywhere: number; record: CandidateRecord } {
    const here = this.rows.get(rowKey(agentId, category, null));
    const all = this.rows.get(rowKey(agentId, null, null));
    return {
      tries: here?.called ?? 0,
      triesAnywhere: all?.called ?? 0,
      record: {
        recent: here?.lesson.recent ?? [],
        recentMs: here?.recentMs ?? [],
        presented: here?.presented ?? 0,
        picked: here?.picked ?? 0,
        kept: all?.kept ?? [],
        setbacks: all?.setbacks ?? 0,
        setbackAt: all?.setbackAt ? new Date(all.setbackAt).toISOString() : null,
        here: summary(asVersion(here?.lesson.memory ?? NOTHING, 1)),
        all: summary(asVersion(all?.lesson.memory ?? NOTHING, 1)),
      },
    };
  }

  /** Four in five of its latest answers here took longer than the round lasts, and it has not rested a day. */
  isTooSlow(agentId: string, category: string, windowMs: number, now: number): boolean {
    const row = this.rows.get(rowKey(agentId, category, null));
    if (!row || row.answerMs.length < USUAL_FROM || row.answeredAt <= now - SLOW_REST_MS) return false;
    const sorted = row.answerMs.toSorted((a, b) => a - b);
    return (sorted[Math.ceil(0.8 * sorted.length) - 1] ?? 0) > windowMs;
  }
}

function grow(row: Row, growth: Growth, now: number): void {
  row.called += growth.called;
  row.presented += growth.presented;
  row.kept = [...growth.kept, ...row.kept].slice(0, KEPT_REMEMBERED);
  row.picked += growth.picked;
  row.recentMs = [...growth.recent_ms, ...row.recentMs].slice(0, REMEMBERED);
  const bad = growth.late + growth.failed;
  row.setbacks = Math.min(MOST_SETBACKS, Math.floor(row.setbacks / 2 ** Math.min(growth.judged, 4)) + bad);
  if (bad > 0) row.setbackAt = now;
  if (growth.answer_ms.length === 0) return;
  row.answerMs = [...growth.answer_ms, ...row.answerMs].slice(0, REMEMBERED);
  row.answeredAt = now;
}

function nothing(id: string): Row {
  const rubric = { version: 1, judged: 0, sum: 0 };
  return {
    ...{
      called: 0,
      presented: 0,
      picked: 0,
      setbacks: 0,
      setbackAt: null,
      recentMs: [],
      answerMs: [],
      answeredAt: 0,
      kept: [],
    },
    lesson: { id, memory: NOTHING, rating: NEW_RATING, recent: [], rubric },
  };
}
