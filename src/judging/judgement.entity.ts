import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Gate, JudgedCriterion, JudgedDimension } from './judgement.schema.js';

/** What one judge said of one piece of work. Written once: another rubric or judge version makes another judgement. */
@Entity('judgements')
@Unique('judgements_subject_judge_key', ['subject', 'judge'])
@Check('judgements_phase_is_known', `phase IN ('prototype', 'delivery')`)
@Check('judgements_interval', 'low >= 0 AND low <= high AND high <= 100')
export class JudgementRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'judgements_pkey' })
  readonly id: string;

  /** The id of a bid, a delivery or a benchmark call: whoever had it judged knows which. */
  @Column({ type: 'uuid', update: false })
  readonly subject: string;

  @Column({ type: 'text', update: false })
  readonly phase: 'prototype' | 'delivery';

  @Column({ type: 'text', update: false })
  readonly judge: string;

  @Column({ type: 'text', update: false })
  readonly judgeVersion: string;

  @Column({ type: 'text', update: false })
  readonly taskType: string;

  @Column({ type: 'integer', update: false })
  readonly rubricVersion: number;

  @Column({ type: 'double precision', update: false })
  readonly low: number;

  @Column({ type: 'double precision', update: false })
  readonly high: number;

  @Column({ type: 'jsonb', update: false })
  readonly criteria: JudgedCriterion[];

  @Column({ type: 'jsonb', update: false })
  readonly dimensions: JudgedDimension[];

  @Column({ type: 'jsonb', update: false })
  readonly gates: Gate[];

  @Column({ type: 'timestamptz', update: false })
  readonly createdAt: Date;
}
