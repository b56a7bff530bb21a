import type { LogoBrief } from '../lib/logo-brief.ts';
import { contrast, element, escaped, luminance, round, textWidth, twoLines } from '../lib/svg.ts';
import type { Inks } from './draw.ts';
import { monogram } from './monogram.ts';
import { MOTIFS, type Motif } from './motifs.ts';

export interface Logo {
  svg: string;
  /** The mark alone, square. */
  markSvg: string;
  /** What is to be seen, in words. */
  about: string;
}

const FONT = 'Avenir Next, Segoe UI, Helvetica Neue, Arial, sans-serif';
const GROUND = '#ffffff';

/** Mark and name in the proportions asked for. The same brief gives the same logo. */
export function composed(brief: LogoBrief): Logo {
  const colours = inOrder(brief.colours);
  const inks: Inks = { main: colours[0] ?? '#1f2a44', second: colours[1] ?? GROUND, ground: GROUND };
  const { shapes, about } = mark(brief, inks);
  const rest = colours.slice(2);
  const wide = brief.format === 'wide';
  const [width, height] = wide ? [600, 200] : [400, 400];
  const lines = textWidth(brief.brand) > (wide ? 11 : 9.5) ? twoLines(brief.brand) : [brief.brand];
  const twoLined = lines.length > 1;
  const place = wide ? { x: 104, y: 100, r: 82 } : { x: 200, y: twoLined ? 142 : 158, r: twoLined ? 112 : 124 };
  const name = nameText(lines, wide, inks.main, brief.nameScale);
  const dots = rest.map((fill, i) => element('circle', dotPlace(i, rest.length, wide, fill)));
  const svg = document(brief, [width, height], [placed(shapes, place), name, ...dots]);
  return { svg, markSvg: document(brief, [100, 100], [placed(shapes, { x: 50, y: 50, r: 46 })]), about };
}

/** The same logo in one colour, for stamps and faxes. */
export function inOneColour(brief: LogoBrief): Logo {
  return composed({ ...brief, colours: [inOrder(brief.colours)[0] ?? '#000000'] });
}

/** The darkest first: it carries the name. Of the others the one that stands out most against it comes second. */
function inOrder(colours: readonly string[]): string[] {
  const [main, ...others] = colours.toSorted((a, b) => luminance(a) - luminance(b));
  if (main === undefined) return [];
  return [main, ...others.toSorted((a, b) => saturation(b) - saturation(a) || contrast(b, main) - contrast(a, main))];
}

function saturation(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return Math.max(...parts) - Math.min(...parts);
}

/** What the idea calls for: a scene inside a frame, either alone, or letters when it calls for nothing known. */
function mark(brief: LogoBrief, inks: Inks): { shapes: string[]; about: string } {
  const wanted = calledFor(`${brief.add} ${brief.idea}`).filter((motif) => !calledFor(brief.without).includes(motif));
  const frame = wanted.find(({ kind }) => kind === 'frame');
  const scene = wanted.find(({ kind }) => kind === 'scene');
  if (frame && scene) {
    const isFilling = ['hills', 'waves'].includes(scene.name);
    const inner = isFilling
      ? [scaled(scene.draw(inks), 1.03)]
      : [element('circle', { cx: 0, cy: 0, r: 0.66, fill: inks.ground }), scaled(scene.draw(inks), 0.56)];
    return { shapes: [...frame.draw(inks), ...inner], about: `${scene.name} in a ${frame.name}` };
  }
  const only = frame ?? scene;
  if (!only) return monogram(brief.brand, inks);
  if (only.kind === 'frame') return { shapes: only.draw(inks), about: `a ${only.name}` };
  const disc = element('circle', { cx: 0, cy: 0, r: 1, fill: inks.main });
  const onDisc = { main: inks.ground, second: inks.second, ground: inks.main };
  return { shapes: [disc, scaled(only.draw(onDisc), 0.72)], about: `${only.name} on a disc` };
}

/** The motifs that a text names, in the order in which it names them. */
export function calledFor(text: string): Motif[] {
  const words = text.toLowerCase().split(/[^\p{L}]+/u);
  const found = words.map((word) =>
    MOTIFS.find((motif) => word.length > 2 && motif.words.some((start) => word.startsWith(start))),
  );
  return [...new Set(found.filter((motif) => motif !== undefined))];
}

function nameText(lines: readonly string[], wide: boolean, fill: string, scale: number): string {
  const room = wide ? 370 : 350;
  const most = wide ? (lines.length > 1 ? 58 : 72) : lines.length > 1 ? 48 : 60;
  const size = Math.min(most * scale, room / Math.max(...lines.map(textWidth)));
  const x = wide ? 208 : 200;
  const middle = wide ? 100 : lines.length > 1 ? 322 : 338;
  const first = middle + size * 0.35 - ((lines.length - 1) * size * 1.08) / 2;
  const spans = lines.map((line, i) => element('tspan', { x, y: first + i * size * 1.08 }, escaped(line)));
  return element(
    'text',
    { 'font-family': FONT, 'font-weight': 700, 'font-size': size, 'text-anchor': wide ? 'start' : 'middle', fill },
    spans.join(' '),
  );
}

/** Colours that mark and name leave over stand as a row of dots. */
function dotPlace(i: number, count: number, wide: boolean, fill: string) {
  const gap = 22;
  const left = wide ? 214 : 200 - ((count - 1) * gap) / 2;
  return { cx: left + i * gap, cy: wide ? 178 : 385, r: 6, fill };
}

function placed(shapes: readonly string[], { x, y, r }: { x: number; y: number; r: number }): string {
  return element(
    'g',
    { transform: `translate(${round(x)} ${round(y)}) scale(${round(r)})` },
    `\n${shapes.join('\n')}\n`,
  );
}

function scaled(shapes: readonly string[], by: number): string {
  return element('g', { transform: `scale(${by})` }, shapes.join('\n'));
}

function document(
  { brand }: LogoBrief,
  [width, height]: readonly [number, number] | number[],
  parts: readonly string[],
): string {
  const root = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, role: 'img' };
  return `${element('svg', root, ['', element('title', {}, escaped(brand)), ...parts, ''].join('\n'))}\n`;
}
