import { expect, test } from 'vitest';
import { type Frame, framesOf } from './frames.ts';

async function framesIn(text: string, chunkBytes: number): Promise<Frame[]> {
  const whole = new TextEncoder().encode(text);
  async function* chunks() {
    for (let at = 0; at < whole.length; at += chunkBytes) yield whole.subarray(at, at + chunkBytes);
  }
  const frames: Frame[] = [];
  for await (const frame of framesOf(chunks())) frames.push(frame);
  return frames;
}

test('a stream gives the same frames wherever its bytes are parted', async () => {
  const text =
    'retry: 2000\nid: 0-0\n\n: still here\n\nid: 5-1\nevent: bid.received\ndata: {"who": "Zoë: 名"}\n\nid: 6-2\ndata: a\ndata: b\n\nid: 7';
  for (const chunkBytes of [1, 2, 3, 7, 1_000]) {
    expect(await framesIn(text, chunkBytes)).toEqual([
      { id: '0-0', data: null },
      { id: null, data: null },
      { id: '5-1', data: '{"who": "Zoë: 名"}' },
      { id: '6-2', data: 'a\nb' },
    ]);
  }
});
