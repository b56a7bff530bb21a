import { drawingOf, drawings, drawn } from '../parts.js';
import type { Svg, SvgElement } from '../svg.js';
import { best, type Check, type Checks, every, inRange, no, some, whenParsed, yesOrNo } from './check.js';
import { isOutsideStyle, isScriptAddress } from './html.js';

type SvgKind = 'svg_valid' | 'svg_safe' | 'svg_size' | 'svg_shapes' | 'svg_colors';

const UNSAFE = new Set('script foreignobject iframe embed object handler listener set'.split(' '));

const valid: Check<'svg_valid'> = (_rule, { answer }) =>
  every(drawings(answer), 'SVG', (reading) =>
    whenParsed(drawingOf(reading), 'SVG', (svg) =>
      yesOrNo(drawn(svg).length > 0, `well-formed, draws ${drawn(svg).length} shapes`),
    ),
  );

const safe: Check<'svg_safe'> = (_rule, { answer }) =>
  every(drawings(answer), 'SVG', (reading) =>
    whenParsed(drawingOf(reading), 'SVG', (svg) => {
      const style = isOutsideStyle(svg.styles) ? ['a style from elsewhere'] : [];
      const found = [...new Set([...svg.instructions, ...style, ...svg.elements.flatMap(dangersOf)])];
      return yesOrNo(
        found.length === 0,
        found.length === 0 ? `${svg.elements.length} elements, nothing runs or loads` : `found ${some(found)}`,
      );
    }),
  );

const size: Check<'svg_size'> = ({ ratio }, { answer }) =>
  best(drawings(answer), 'SVG', (reading) =>
    whenParsed(drawingOf(reading), 'SVG', ({ elements }) => {
      const box = (elements[0]?.attributes.viewBox ?? '')
        .trim()
        .split(/[\s,]+/)
        .map(Number);
      const [, , width = Number.NaN, height = Number.NaN] = box;
      if (box.length !== 4 || !(width > 0) || !(height > 0)) return no('there is no usable viewBox');
      const met = ratio === undefined || Math.abs(width / height / ratio - 1) <= 0.05;
      return yesOrNo(
        met,
        `the view box is ${width} by ${height}${ratio === undefined ? '' : `; asked for a ratio of ${ratio}`}`,
      );
    }),
  );

const colors: Check<'svg_colors'> = ({ includes = [], max }, { answer }) =>
  best(drawings(answer), 'SVG', (reading) =>
    whenParsed(drawingOf(reading), 'SVG', (svg) => {
      const used = colorsOf(svg);
      const missing = includes.filter((color) => !used.has(colorKey(color)));
      const met = missing.length === 0 && (max === undefined || used.size <= max);
      return yesOrNo(
        met,
        `${used.size} colours: ${some([...used], 6)}${missing.length === 0 ? '' : `; missing ${some(missing)}`}`,
        0.95,
      );
    }),
  );

export const svgChecks: Checks<SvgKind> = {
  svg_valid: valid,
  svg_safe: safe,
  svg_size: size,
  svg_shapes: (rule, { answer }) =>
    best(drawings(answer), 'SVG', (reading) =>
      whenParsed(drawingOf(reading), 'SVG', (svg) => inRange(drawn(svg).length, rule, 'shapes')),
    ),
  svg_colors: colors,
};

/** What it runs, embeds or loads from elsewhere. */
export function dangersOf({ name, attributes }: SvgElement): string[] {
  const found = UNSAFE.has(name) ? [`<${name}>`] : [];
  for (const [attribute, value] of Object.entries(attributes)) {
    const key = attribute.toLowerCase();
    const isAddress = key === 'href' || key.endsWith(':href') || key === 'src';
    if (key.startsWith('on')) found.push(key);
    if (isAddress && !/^\s*(?:#|data:image\/(?:png|jpe?g|gif|webp)[;,])/i.test(value) && name !== 'a')
      found.push(`${key} to elsewhere`);
    if (isAddress && isScriptAddress(value)) found.push(`${key} with a script`);
    if (isOutsideStyle(value)) found.push(`${key} from elsewhere`);
    if (name.startsWith('animate') && key === 'attributename' && /href$/i.test(value))
      found.push('an animated address');
  }
  return found;
}

const NOT_A_COLOR = /^(?:none|transparent|currentcolor|inherit|url\(.*)$/;
const COLORED = /(?:^|[;{\s])(?:fill|stroke|stop-color|color|flood-color)\s{0,5}:\s{0,5}([^;}\n]{1,60})/gi;

function colorsOf({ elements, styles }: Svg): Set<string> {
  const named = elements.flatMap(({ attributes }) =>
    ['fill', 'stroke', 'stop-color', 'color', 'flood-color'].map((name) => attributes[name]),
  );
  const css = [styles, ...elements.map(({ attributes }) => attributes.style ?? '')].flatMap((style) =>
    [...style.matchAll(COLORED)].map(([, color]) => color),
  );
  const keys = [...named, ...css].filter((color) => color !== undefined).map(colorKey);
  return new Set(keys.filter((color) => color !== '' && !NOT_A_COLOR.test(color)));
}

const NAMED: Record<string, string> = {
  black: '#000000',
  white: '#ffffff',
  red: '#ff0000',
  blue: '#0000ff',
  green: '#008000',
  yellow: '#ffff00',
  gray: '#808080',
  grey: '#808080',
  orange: '#ffa500',
  purple: '#800080',
};

/** `#abc`, `#AABBCC` and `rgb(170, 187, 204)` are the same colour. */
function colorKey(color: string): string {
  const plain = color
    .trim()
    .toLowerCase()
    .replace(/\s*!important$/, '');
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(plain);
  if (short)
    return `#${short
      .slice(1)
      .map((digit) => digit + digit)
      .join('')}`;
  const rgb = /^rgb\(\s{0,5}(\d{1,3})[\s,]{1,5}(\d{1,3})[\s,]{1,5}(\d{1,3})\s{0,5}\)$/.exec(plain);
  if (rgb)
    return `#${rgb
      .slice(1)
      .map((part) => Math.min(255, Number(part)).toString(16).padStart(2, '0'))
      .join('')}`;
  return NAMED[plain] ?? plain;
}
