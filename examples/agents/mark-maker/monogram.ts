import { contrast, element } from '../lib/svg.ts';
import { at, circle, type Inks } from './draw.ts';

const FONT = 'Avenir Next, Segoe UI, Helvetica Neue, Arial, sans-serif';

/** One or two initials on a figure of a few plain shapes; which figure hangs on the name alone. */
export function monogram(brand: string, inks: Inks): { shapes: string[]; about: string } {
  const letters = initials(brand);
  const figures = [rings, quarters, hexagon, petals];
  const figure = figures[hash(brand) % figures.length] ?? rings;
  const { shapes, ink, about } = figure(inks);
  const size = letters.length > 1 ? 0.72 : 1;
  const text = element(
    'text',
    {
      x: 0,
      y: size * 0.35,
      'font-size': size,
      'font-family': FONT,
      'font-weight': 700,
      'text-anchor': 'middle',
      fill: ink,
    },
    letters.replace(/[&<>"']/g, ''),
  );
  return { shapes: [...shapes, text], about: `${letters} on ${about}` };
}

/** The first letters of the first and the last word that carry weight. */
export function initials(brand: string): string {
  const words = brand
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/^(?:and|und|et|y|of|the|&|a)$/i.test(word));
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return (
    picked
      .map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 63))
      .join('')
      .toUpperCase() || '•'
  );
}

interface Figure {
  shapes: string[];
  /** The colour that is read best on it. */
  ink: string;
  about: string;
}

function rings({ main, second, ground }: Inks): Figure {
  return {
    shapes: [circle(-0.18, 0, 0.8, second), circle(0.18, 0, 0.8, main)],
    ink: readable(main, ground, second),
    about: 'two discs',
  };
}

function quarters({ main, second, ground }: Inks): Figure {
  const square = element('rect', { x: -0.9, y: -0.9, width: 1.8, height: 1.8, rx: 0.3, fill: main });
  const corner = element('path', { d: 'M.9 .2V.6A.3 .3 0 0 1 .6 .9H-.4Z', fill: second });
  return { shapes: [square, corner], ink: readable(main, ground, second), about: 'a square with a cut corner' };
}

function hexagon({ main, second, ground }: Inks): Figure {
  const outline = (r: number) =>
    `M${Array.from({ length: 6 }, (_, i) => at(((i * 60 - 90) * Math.PI) / 180, r)).join('L')}Z`;
  const shapes = [
    element('path', { d: outline(0.98), fill: second }),
    element('path', { d: outline(0.84), fill: main }),
  ];
  return { shapes, ink: readable(main, ground, second), about: 'a hexagon' };
}

function petals({ main, second, ground }: Inks): Figure {
  const petal = (angle: number) => circle(Math.cos(angle) * 0.44, Math.sin(angle) * 0.44, 0.5, second);
  const shapes = [...[45, 135, 225, 315].map((degrees) => petal((degrees * Math.PI) / 180)), circle(0, 0, 0.64, main)];
  return { shapes, ink: readable(main, ground, second), about: 'four petals' };
}

function readable(on: string, ...inks: readonly string[]): string {
  return inks.reduce((best, next) => (contrast(next, on) > contrast(best, on) ? next : best));
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return value;
}
