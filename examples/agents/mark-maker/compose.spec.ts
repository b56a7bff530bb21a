import { describe, expect, test } from 'vitest';
import { letterLogo } from '../letter-logo/letter.ts';
import { logoBrief } from '../lib/logo-brief.ts';
import { colour, contrast, escaped, textWidth, twoLines } from '../lib/svg.ts';
import { aRequest } from '../testing/calls.ts';
import { calledFor, composed, inOneColour } from './compose.ts';
import { initials } from './monogram.ts';
import { MOTIFS } from './motifs.ts';

const requirements = {
  brand: 'Kestrel & Co',
  colours: ['#0B7285', '#fd3'],
  format: 'square',
  idea: 'a bird in the sun',
};

function briefOf(changes = {}, notes?: string) {
  const revision =
    notes === undefined
      ? {}
      : { revision: { number: 1, notes, previous: { summary: '', message: '', artifacts: [] } } };
  return logoBrief(aRequest({ requirements: { ...requirements, ...changes }, ...revision }));
}

const shapes = (svg: string) => svg.match(/<(?:path|circle|rect|text)\b/g)?.length ?? 0;

describe('a mark', () => {
  test('is one SVG with the name as text, all colours, and the proportions asked for', () => {
    const { svg, markSvg, about } = composed(briefOf());
    expect(about).toBe('bird in a sun');
    expect(svg).toContain('<title>Kestrel &#38; Co</title>');
    expect(svg).toContain('viewBox="0 0 400 400"');
    expect(svg).toContain('#0b7285');
    expect(svg).toContain('#ffdd33');
    expect(markSvg).toContain('viewBox="0 0 100 100"');
    expect(composed(briefOf({ format: 'wide' })).svg).toContain('viewBox="0 0 600 200"');
  });

  test.each(MOTIFS.map(({ name, words }) => [name, words[0] ?? '']))('%s is drawn in 3 to 40 shapes', (_name, word) => {
    const { svg } = composed(briefOf({ idea: word }));
    expect(shapes(svg)).toBeGreaterThanOrEqual(3);
    expect(shapes(svg)).toBeLessThanOrEqual(40);
  });

  test('of an idea that nobody knows is a monogram, and the same one every time', () => {
    const { svg, about } = composed(briefOf({ idea: 'zzz' }));
    expect(about).toMatch(/^KC on /);
    expect(composed(briefOf({ idea: 'zzz' })).svg).toBe(svg);
    expect(initials('Spoke and Stone')).toBe('SS');
    expect(initials('…')).toBe('•');
  });

  test('uses every colour, and six at most', () => {
    const colours = ['#111111', '#222222', '#ff0000', '#00ff00', '#0000ff', '#ffff00', '#00ffff'];
    const { svg } = composed(briefOf({ colours }));
    for (const one of colours.slice(0, 6)) expect(svg).toContain(one);
  });

  test('in one colour has no other but white', () => {
    expect([...new Set(inOneColour(briefOf()).svg.match(/#[0-9a-f]{6}/g))].toSorted()).toEqual(['#0b7285', '#ffffff']);
  });

  test('changes as the notes say', () => {
    const brief = briefOf({}, 'Use #ff0000 and make it wide, with a tree instead of the bird. Bigger name, please.');
    expect(brief).toMatchObject({ colours: ['#ff0000'], format: 'wide', nameScale: 1.2 });
    const { about } = composed(brief);
    expect(about).toBe('tree in a sun');
    expect(calledFor(brief.without).map(({ name }) => name)).toEqual(['bird']);
    expect(briefOf({}, 'Hm, no.').understood).toEqual([]);
  });

  test('survives a name that wants to be markup', () => {
    const { svg } = composed(briefOf({ brand: '<script>"&\u0000', idea: '' }));
    expect(svg).not.toMatch(/<script/);
    expect(svg).not.toContain('\u0000');
    expect(escaped(`<&>"'`)).toBe('&#60;&#38;&#62;&#34;&#39;');
  });
});

describe('what a logo is made of', () => {
  test('is the brand at least, or the agent declines', () => {
    expect(() => briefOf({ brand: ' ' })).toThrow('the name of the brand');
    expect(briefOf({ colours: ['moss', 'red', 7] })).toMatchObject({ colours: ['#ff0000'], unread: ['moss', '7'] });
    expect(briefOf({ colours: [] }).colours).toHaveLength(1);
  });

  test('colours, widths and lines', () => {
    expect(colour(' #ABC ')).toBe('#aabbcc');
    expect(colour('url(#x)')).toBeNull();
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(textWidth('iii')).toBeLessThan(textWidth('WWW'));
    expect(twoLines('Spoke and Stone')).toEqual(['Spoke', 'and Stone']);
    expect(twoLines('Spoke')).toEqual(['Spoke']);
  });
});

test('a plain logo is a letter and a name', () => {
  const svg = letterLogo(briefOf());
  expect(shapes(svg)).toBe(2);
  expect(svg).toContain('>K</text>');
  expect(svg).toContain('Kestrel &#38; Co');
});
