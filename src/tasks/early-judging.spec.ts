import type { DataSource } from 'typeorm';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Judged } from '../judging/judge.js';
import type { Judging } from '../judging/judging.service.js';
import { Db, type Tx } from '../platform/database/db.js';
import type { Bid } from './bid.entity.js';
import { EarlyJudging } from './early-judging.service.js';
import type { Task } from './task.entity.js';
import type { ReadArtifact, Work } from './work.service.js';

const MB = 2 ** 20;
const task = {
  ...{ id: 'task', taskType: 'summary', title: 'Sum it up', description: 'In a few words.', category: 'writing' },
  ...{ requirements: {}, qualityRules: { rules: [] } },
} as unknown as Task;
const db = new Db({ transaction: (work: (tx: Tx) => unknown) => work({} as Tx) } as unknown as DataSource);
const bid = (id: string) => ({ id }) as Bid;

function answer(content: string, size = content.length): ReadArtifact[] {
  const bytes = new Uint8Array(size);
  bytes.set(new TextEncoder().encode(content));
  return [{ type: 'text', name: 'work.txt', mediaType: 'text/plain', bytes }];
}

const nameOf = (artifacts: readonly { readonly bytes: Uint8Array }[]) =>
  String.fromCharCode(artifacts[0]?.bytes[0] ?? 0);

/** Says which answers were judged, in their order. */
const judgedInOrder: string[] = [];
const alone = vi.fn<Judging['alone']>();
const attachmentBytes = vi.fn(async () => []);
let early: EarlyJudging;

beforeEach(() => {
  judgedInOrder.length = 0;
  attachmentBytes.mockClear();
  alone.mockReset().mockImplementation(async ({ artifacts }) => {
    const name = nameOf(artifacts);
    judgedInOrder.push(name);
    if (name === '!') throw new Error('the judge fell over');
    return (() => name) as unknown as Judged;
  });
  early = new EarlyJudging({ alone } as unknown as Judging, { attachmentBytes } as unknown as Work);
});

const hold = (id: string, artifacts: ReadArtifact[]) => {
  const begun = early.begin(task, artifacts);
  if (!begun) throw new Error('It is too large.');
  return db.transaction(async (tx) => early.hold(tx, bid(id), begun));
};

const judgedBy = (name: string) => vi.waitUntil(() => judgedInOrder.includes(name), { timeout: 30_000 });

describe('an answer', () => {
  test('is judged by itself as it comes, once, whoever asks again', async () => {
    await hold('bid', answer('a'));
    await judgedBy('a');
    const held = early.take('bid');
    const [one, two] = await Promise.all([held?.judged(), held?.judged()]);
    expect(one).toBe(two);
    expect(one?.([])).toBe('a');
    expect(judgedInOrder).toEqual(['a']);
  });

  test('is handed out once: who asks after that reads it from storage', async () => {
    await hold('bid', answer('a'));
    expect(early.take('bid')?.artifacts).toHaveLength(1);
    expect(early.take('bid')).toBeUndefined();
  });

  test('that was not committed is not held', async () => {
    const begun = early.begin(task, answer('a'));
    const failing = db.transaction(async (tx) => {
      if (begun) early.hold(tx, bid('bid'), begun);
      throw new Error('another answer to this call was first');
    });
    await expect(failing).rejects.toThrow('another answer');
    await begun?.judged();
    expect(early.take('bid')).toBeUndefined();
  });

  test('over which the judge falls holds up no other, and fails again for who asks for it', async () => {
    await hold('bad', answer('!'));
    await hold('good', answer('g'));
    await judgedBy('g');
    await expect(early.take('bad')?.judged()).rejects.toThrow('fell over');
    expect((await early.take('good')?.judged())?.([])).toBe('g');
  });

  test('is judged beside the attachments of its task, which are read once', async () => {
    await hold('one', answer('a'));
    await hold('two', answer('b'));
    await judgedBy('b');
    expect(attachmentBytes).toHaveBeenCalledExactlyOnceWith('task');
  });
});

describe('memory', () => {
  test('holds no large answer', () => {
    expect(early.begin(task, answer('a', MB + 1))).toBeNull();
  });

  test('holds 8 MB together: the oldest go first, and what is taken makes room', async () => {
    for (const name of 'abcdefgh') await hold(name, answer(name, MB));
    early.take('h');
    await hold('i', answer('i', MB));
    expect(nameOf(early.take('a')?.artifacts ?? [])).toBe('a');
    for (const name of 'jkl') await hold(name, answer(name, MB));
    expect(early.take('b')).toBeUndefined();
    expect(early.take('c')).toBeUndefined();
    expect(nameOf(early.take('d')?.artifacts ?? [])).toBe('d');
  });
});
