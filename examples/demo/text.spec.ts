import { describe, expect, test } from 'vitest';
import {
  bytes,
  counted,
  cut,
  harmless,
  listed,
  padded,
  paddedLeft,
  points,
  seconds,
  shown,
  widthOf,
  wrapped,
} from './text.ts';

describe('a stranger’s text', () => {
  test('has nothing left that a terminal would obey', () => {
    expect(shown('\u001b[31mred\u001b[0m \u001b]0;title\u0007and\r\nmore \u202eevil\u0000')).toBe('red and more evil');
    expect(harmless('\ta\u001b[2Jb\ud800')).toBe('  ab\ufffd');
  });
});

describe('columns', () => {
  test('are counted as they are seen', () => {
    expect(widthOf('\u001b[1mbold\u001b[0m')).toBe(4);
    expect(widthOf('名前')).toBe(4);
    expect(widthOf('é👍🏽')).toBe(3);
  });

  test('are never more than asked for', () => {
    expect(cut('short', 5)).toBe('short');
    expect(cut('too long', 5)).toBe('too…');
    expect(cut('名前名前', 5)).toBe('名前…');
    for (const width of [1, 2, 3, 7]) expect(widthOf(cut('名前 and more', width))).toBeLessThanOrEqual(width);
  });

  test('are filled on either side', () => {
    expect(padded('名', 4)).toBe('名  ');
    expect(paddedLeft('12', 4)).toBe('  12');
    expect(padded('long', 2)).toBe('long');
  });

  test('break at spaces', () => {
    expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapped('one two three', 7, '  ')).toEqual(['one two', '  three']);
    expect(wrapped('unbreakable', 4)).toEqual(['unbreakable']);
  });
});

test('numbers read like words', () => {
  expect([counted(1, 'row'), counted(2, 'row'), counted(0, 'entry', 'entries')]).toEqual([
    '1 row',
    '2 rows',
    '0 entries',
  ]);
  expect([seconds(40), seconds(1_234), seconds(12_345)]).toEqual(['0.0 s', '1.2 s', '12 s']);
  expect([bytes(1), bytes(999), bytes(4_120), bytes(2_500_000)]).toEqual(['1 byte', '999 bytes', '4.1 kB', '2.5 MB']);
  expect([points({ low: 80, high: 80 }), points({ low: 77.25, high: 96 })]).toEqual(['80', '77.3-96']);
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
});
