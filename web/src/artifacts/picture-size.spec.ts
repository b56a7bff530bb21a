import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { pictureSize } from './picture-size.ts';

const picture = sharp({ create: { width: 31, height: 17, channels: 3, background: '#123456' } });

describe('the size of a picture', () => {
  test.each(['png', 'jpeg', 'gif', 'webp', 'avif'] as const)('is read from the first bytes of a %s', async (format) => {
    expect(pictureSize(await picture.toFormat(format).toBuffer())).toEqual({ width: 31, height: 17 });
  });

  test('is read from every kind of webp', async () => {
    expect(pictureSize(await picture.webp({ lossless: true }).toBuffer())).toEqual({ width: 31, height: 17 });
    expect(pictureSize(await picture.ensureAlpha(0.5).webp().toBuffer())).toEqual({ width: 31, height: 17 });
  });

  test('is unknown of what breaks off, and of what is no picture', async () => {
    const png = await picture.png().toBuffer();
    for (const bytes of [png.subarray(0, 18), new Uint8Array(), new TextEncoder().encode('hello, this is no picture')])
      expect(pictureSize(bytes)).toBeNull();
  });

  test('is found in no time, or not at all, in a jpeg that leads in circles', () => {
    expect(pictureSize(new Uint8Array([0xff, 0xd8, ...Array<number>(50_000).fill(0xff)]))).toBeNull();
    expect(pictureSize(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0]))).toBeNull();
  });
});
