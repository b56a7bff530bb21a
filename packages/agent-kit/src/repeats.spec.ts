import { describe, expect, test, vi } from 'vitest';
import { Repeats, type Reply } from './repeats.js';

const reply = (bytes: number, status = 200): Reply => ({ status, headers: {}, body: new Uint8Array(bytes) });

describe('repeats', () => {
  test('the answers asked for longest ago are forgotten, by count', async () => {
    const repeats = new Repeats(2);
    const work = vi.fn(async () => reply(1));
    for (const id of ['a', 'b', 'a', 'c']) await repeats.once(id, work);
    expect(work).toHaveBeenCalledTimes(3);
    await repeats.once('a', work);
    expect(work).toHaveBeenCalledTimes(3);
    await repeats.once('b', work);
    expect(work).toHaveBeenCalledTimes(4);
  });

  test('and by size', async () => {
    const repeats = new Repeats(100, 1_000);
    const work = vi.fn(async () => reply(600));
    for (const id of ['a', 'b', 'b', 'a']) await repeats.once(id, work);
    expect(work).toHaveBeenCalledTimes(3);
  });

  test('work that still runs is never forgotten', async () => {
    const repeats = new Repeats(1);
    const slow = vi.fn(() => new Promise<Reply>((resolve) => setTimeout(resolve, 50, reply(1))));
    const first = repeats.once('slow', slow);
    for (const id of ['a', 'b', 'c']) await repeats.once(id, async () => reply(1));
    expect(await repeats.once('slow', slow)).toBe(await first);
    expect(slow).toHaveBeenCalledOnce();
  });

  test('a failure is told to all who wait for it, and then forgotten', async () => {
    const repeats = new Repeats();
    const work = vi.fn(async () => reply(1, 500));
    const [one, two] = await Promise.all([repeats.once('a', work), repeats.once('a', work)]);
    expect(one).toBe(two);
    await repeats.once('a', work);
    expect(work).toHaveBeenCalledTimes(2);
    await expect(repeats.once('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect((await repeats.once('b', async () => reply(1))).status).toBe(200);
  });
});
