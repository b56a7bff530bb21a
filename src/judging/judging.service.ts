import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import { Judge, type Judged, type JudgeInput } from './judge.js';
import { JudgementRow } from './judgement.entity.js';
import type { Judgement } from './judgement.schema.js';

export interface Recorded {
  /** The id of what was judged: a bid, a delivery, a benchmark call. */
  readonly subject: string;
  readonly phase: 'prototype' | 'delivery';
  readonly judgement: Judgement;
}

type Row = Omit<JudgementRow, 'judgeVersion' | 'taskType' | 'rubricVersion' | 'createdAt'> & {
  judge_version: string;
  task_type: string;
  rubric_version: number;
};

@Injectable()
export class Judging {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly by: Judge,
  ) {}

  /** Judges an answer. It takes processor time and no locks: call it outside of a transaction, then `record`. */
  judge(input: JudgeInput): Promise<Judgement> {
    return this.by.judge(input);
  }

  /** The same for an answer whose round is not over: all but what the other answers add. */
  alone(input: Omit<JudgeInput, 'others'>): Promise<Judged> {
    return this.by.alone(input);
  }

  /** Keeps judgements. The first of a judge on a subject stands; a repeat changes nothing. */
  async record(tx: Tx, ...recorded: readonly Recorded[]): Promise<void> {
    await rows(
      tx,
      `INSERT INTO judgements (id, subject, phase, judge, judge_version, task_type, rubric_version, low, high,
                               criteria, dimensions, gates, created_at)
       SELECT j.*, $2 FROM jsonb_to_recordset($1::jsonb) AS j (id uuid, subject uuid, phase text, judge text,
         judge_version text, task_type text, rubric_version integer, low double precision, high double precision, criteria jsonb, dimensions jsonb, gates jsonb)
       ON CONFLICT (subject, judge) DO NOTHING`,
      [JSON.stringify(recorded.map(rowOf)), this.clock.now()],
    );
  }

  /** The judgements of these subjects, a model's before that of the rules; subjects without one are missing from the map. */
  async of(subjects: readonly string[], tx?: Tx): Promise<Map<string, Judgement>> {
    const sql = `SELECT DISTINCT ON (subject) * FROM judgements WHERE subject = ANY($1::uuid[])
                 ORDER BY subject, judge = $2, created_at DESC`;
    const params = [subjects, this.by.id];
    const found = await (tx ? rows<Row>(tx, sql, params) : this.db.query<Row>(sql, params));
    return new Map(found.map((row) => [row.subject, judgementOf(row)]));
  }
}

function rowOf({ subject, phase, judgement }: Recorded) {
  const { rubric, total, ...rest } = judgement;
  return {
    id: randomUUID(),
    subject,
    phase,
    task_type: rubric.task_type,
    rubric_version: rubric.version,
    ...total,
    ...rest,
  };
}

function judgementOf(row: Row): Judgement {
  const { judge, judge_version, task_type, rubric_version, low, high, dimensions, criteria, gates } = row;
  return {
    judge,
    judge_version,
    rubric: { task_type, version: rubric_version },
    total: { low, high },
    dimensions,
    criteria,
    gates,
  };
}
