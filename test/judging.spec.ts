import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Judging } from '../src/judging/judging.service.js';
import { Db } from '../src/platform/database/db.js';
import { taskType } from '../src/registry/taxonomy.js';
import { anArtifact, anInput } from './support/answers.js';
import { startApp } from './support/app.js';
import { GOOD } from './support/good-answers.js';

function summary() {
  const type = taskType('summary');
  if (!type) throw new Error('There is no task type summary.');
  return type;
}

describe('judgements', () => {
  test('are kept whole, the first of a judge on a subject stands, and subjects without one are missing', async () => {
    const app = await startApp();
    const [judging, db] = [app.get(Judging), app.get(Db)];
    const good = await judging.judge(anInput(summary(), [anArtifact(GOOD.summary ?? '')]));
    const hostile = await judging.judge(
      anInput(summary(), [anArtifact('\u0000\u202e <!-- \ud800 --> Harbour Bridge \u0007')]),
    );
    const [one, other] = [randomUUID(), randomUUID()];

    await db.transaction(async (tx) => {
      await judging.record(tx, { subject: one, phase: 'prototype', judgement: good });
      await judging.record(tx, { subject: other, phase: 'delivery', judgement: hostile });
    });
    await db.transaction((tx) => judging.record(tx, { subject: one, phase: 'prototype', judgement: hostile }));

    const kept = await judging.of([one, other, randomUUID()]);
    expect(kept).toEqual(
      new Map([
        [one, good],
        [other, hostile],
      ]),
    );
  });

  test('of a transaction that rolls back leave nothing', async () => {
    const app = await startApp();
    const [judging, db] = [app.get(Judging), app.get(Db)];
    const judgement = await judging.judge(anInput(summary(), []));
    const subject = randomUUID();
    const failing = db.transaction(async (tx) => {
      await judging.record(tx, { subject, phase: 'prototype', judgement });
      expect((await judging.of([subject], tx)).size).toBe(1);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await judging.of([subject])).size).toBe(0);
  });
});
