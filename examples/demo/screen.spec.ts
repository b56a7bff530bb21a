import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { looks, paint } from './paint.ts';
import { Screen } from './screen.ts';

/** What a terminal shows of what was written: of all escapes it knows those that the screen uses. */
function onTerminal(written: string): string[] {
  const lines: string[] = [''];
  for (const [part] of written
    .replaceAll('\r', '')
    .replaceAll('\u001b', '␛')
    .matchAll(/␛\[(?:\d+A|J|\?25[hl])|\n|[^␛\n]+/g)) {
    const up = /^␛\[(\d+)A$/.exec(part);
    if (up) lines.splice(lines.length - 1 - Number(up[1]));
    if (up) lines.push('');
    else if (part === '\n') lines.push('');
    else if (!part.startsWith('␛')) lines[lines.length - 1] += part;
  }
  return lines.slice(0, -1);
}

function aScreen(live: boolean, size: { columns?: number; rows?: number } = { columns: 20, rows: 10 }) {
  const written: string[] = [];
  const screen = new Screen({ write: (text) => void written.push(text), ...size }, live, paint(false));
  return { screen, written: () => written.join(''), lines: () => onTerminal(written.join('')) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('on a terminal', () => {
  test('a board is redrawn in its place, below what is said meanwhile', () => {
    const { screen, lines } = aScreen(true);
    let step = 1;
    screen.say('above');
    screen.board(() => [`step ${step}`, 'second']);
    step = 2;
    screen.say('said');
    expect(lines()).toEqual(['above', 'said', 'step 2', 'second']);
    step = 3;
    vi.advanceTimersByTime(100);
    expect(lines()).toEqual(['above', 'said', 'step 3', 'second']);
  });

  test('a board that is settled stays, and one that is cleared goes', () => {
    const { screen, lines, written } = aScreen(true);
    let step = 1;
    screen.board(() => [`kept ${step}`]);
    step = 2;
    screen.settle();
    screen.board(() => ['gone']);
    screen.clear();
    vi.advanceTimersByTime(1_000);
    screen.say('end');
    expect(lines()).toEqual(['kept 2', 'end']);
    expect(written().split('\u001b[?25h')).toHaveLength(written().split('\u001b[?25l').length);
  });

  test('lines that are too long or too many are cut, since they would break the redrawing', () => {
    const { screen, lines } = aScreen(true, { columns: 40, rows: 3 });
    screen.board(() => [`a line of many words ${'x'.repeat(40)}`, '2', '3', '4']);
    expect(lines()).toEqual([`a line of many words ${'x'.repeat(17)}…`, '2']);
  });

  test('there is room to write in also when it does not know its size', () => {
    expect(aScreen(true, { columns: 0, rows: 0 }).screen.width).toBe(80);
    expect(aScreen(true, { columns: 500 }).screen.width).toBe(110);
  });

  test('nothing is written after the end', () => {
    const { screen, lines } = aScreen(true);
    screen.board(() => ['board']);
    screen.end();
    screen.say('late');
    screen.board(() => ['late']);
    expect(lines()).toEqual(['board']);
  });
});

describe('elsewhere', () => {
  test('there are plain lines, and notes in the place of boards', () => {
    const { screen, written } = aScreen(false);
    screen.say('one');
    screen.board(() => ['board']);
    screen.note('note');
    screen.settle();
    vi.advanceTimersByTime(1_000);
    expect(written()).toBe('one\nnote\n');
  });
});

test('colours are for terminals whose user wants them', () => {
  expect(looks(true, {})).toEqual({ live: true, colour: true });
  expect(looks(true, { NO_COLOR: '1' })).toEqual({ live: true, colour: false });
  expect(looks(true, { TERM: 'dumb' })).toEqual({ live: false, colour: false });
  expect(looks(false, {})).toEqual({ live: false, colour: false });
  expect(paint(true).red('x')).toBe('\u001b[31mx\u001b[39m');
  expect(paint(false).red('x')).toBe('x');
});
