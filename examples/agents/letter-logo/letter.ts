import type { LogoBrief } from '../lib/logo-brief.ts';
import { element, escaped, luminance, textWidth } from '../lib/svg.ts';

const FONT = 'Georgia, Times New Roman, serif';

/** The first letter, and the name: under it in a square, beside it in a wide one. */
export function letterLogo({ brand, colours, format, nameScale }: LogoBrief): string {
  const [dark = '#1f2a44', accent = dark] = colours.toSorted((a, b) => luminance(a) - luminance(b));
  const [letter = ''] = new Intl.Segmenter('en').segment(brand)[Symbol.iterator]().next().value?.segment ?? '';
  const [width, height] = format === 'square' ? [400, 400] : [600, 200];
  const room = format === 'square' ? 360 : 390;
  const size = Math.min(format === 'square' ? 56 : 64, room / textWidth(brand)) * Math.min(1, nameScale);
  const big = format === 'square' ? { x: 200, y: 255, 'font-size': 240 } : { x: 100, y: 150, 'font-size': 150 };
  const small = format === 'square' ? { x: 200, y: 345 } : { x: 395, y: 100 + size / 3 };
  const words = { 'font-family': FONT, 'text-anchor': 'middle' };
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, role: 'img' },
    [
      element('title', {}, escaped(brand)),
      element('text', { ...big, ...words, fill: accent }, escaped(letter.toUpperCase())),
      element('text', { ...small, ...words, 'font-size': size, fill: dark }, escaped(brand)),
    ].join('\n'),
  );
}
