// Drawings of the results as SVG, by hand: bars with their intervals, and lines.
import type { Estimate } from './marks.ts';

const COLOURS = ['#1f5fa8', '#d1662b', '#3a8f4d', '#8a4fae', '#b0332f', '#6f6f6f', '#c29a1b', '#2b9aa8'];
const WIDTH = 960;
const HEIGHT = 420;
const LEFT = 60;
const TOP = 50;
const BOTTOM = 90;

export interface Series {
  readonly name: string;
  readonly values: readonly (Estimate | null)[];
}

export interface Drawing {
  readonly title: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
}

/** A group of bars for each label, a bar for each series. A value that is null, or no number, has none. */
export function bars(drawing: Drawing): string {
  const { labels, series } = drawing;
  const scale = scaleOf(series, 0);
  const step = (WIDTH - LEFT - 20) / labels.length;
  const width = (step * 0.8) / series.length;
  const drawn = series.flatMap(({ values }, which) =>
    values.flatMap((value, at) => {
      if (!value || Number.isNaN(value.mean)) return [];
      const x = LEFT + at * step + step * 0.1 + which * width;
      const y = scale.y(value.mean);
      const colour = COLOURS[which % COLOURS.length];
      return [
        `<rect x="${f(x)}" y="${f(y)}" width="${f(width * 0.92)}" height="${f(Math.max(0, scale.y(0) - y))}" fill="${colour}"/>`,
        whisker(x + width * 0.46, value, scale),
      ];
    }),
  );
  const names = labels.map((label, at) => {
    const [x, y] = [LEFT + (at + 0.5) * step, HEIGHT - BOTTOM + 16];
    return `<text x="${f(x)}" y="${y}" text-anchor="end" transform="rotate(-25 ${f(x)} ${y})">${escaped(label)}</text>`;
  });
  return framed(drawing, scale, [...drawn, ...names]);
}

/** A line for each series over the labels, which are evenly apart. */
export function lines(drawing: Drawing): string {
  const { labels, series } = drawing;
  const scale = scaleOf(series, null);
  const x = (at: number) => LEFT + 20 + (at * (WIDTH - LEFT - 60)) / Math.max(1, labels.length - 1);
  const drawn = series.flatMap(({ values }, which) => {
    const colour = COLOURS[which % COLOURS.length];
    const points = values.flatMap((value, at) =>
      value && !Number.isNaN(value.mean) ? [`${f(x(at))},${f(scale.y(value.mean))}`] : [],
    );
    return [`<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`];
  });
  const names = labels.map(
    (label, at) => `<text x="${f(x(at))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${escaped(label)}</text>`,
  );
  return framed(drawing, scale, [...drawn, ...names]);
}

interface Scale {
  readonly least: number;
  readonly most: number;
  readonly y: (value: number) => number;
}

function scaleOf(series: readonly Series[], from: number | null): Scale {
  const values = series
    .flatMap((one) => one.values)
    .flatMap((value) => (value && !Number.isNaN(value.mean) ? [value] : []));
  const highs = values.map(({ mean, half }) => mean + (Number.isNaN(half) || from === null ? 0 : half));
  const most = Math.max(...highs, 1e-9) * 1.02;
  const least = from ?? Math.min(...values.map(({ mean }) => mean), most) * 0.98;
  const height = HEIGHT - TOP - BOTTOM;
  const y = (value: number) =>
    TOP + height * (1 - (Math.min(most, Math.max(least, value)) - least) / (most - least || 1));
  return { least, most, y };
}

function whisker(x: number, { mean, half }: Estimate, { y }: Scale): string {
  if (Number.isNaN(half) || half === 0) return '';
  return `<line x1="${f(x)}" x2="${f(x)}" y1="${f(y(mean - half))}" y2="${f(y(mean + half))}" stroke="#222" stroke-width="1"/>`;
}

const TICKS = 5;

function framed({ title, series }: Drawing, { least, most, y }: Scale, inside: readonly string[]): string {
  const ticks = Array.from({ length: TICKS + 1 }, (_, at) => least + ((most - least) * at) / TICKS).map(
    (value) =>
      `<line x1="${LEFT}" x2="${WIDTH - 20}" y1="${f(y(value))}" y2="${f(y(value))}" stroke="#ddd"/><text x="${LEFT - 6}" y="${f(y(value) + 4)}" text-anchor="end">${written(value)}</text>`,
  );
  const room = (WIDTH - LEFT) / Math.max(1, series.length);
  const legend = series.map(({ name }, at) => {
    const x = LEFT + at * room;
    return `<rect x="${f(x)}" y="${HEIGHT - 22}" width="12" height="12" fill="${COLOURS[at % COLOURS.length]}"/><text x="${f(x + 16)}" y="${HEIGHT - 12}">${escaped(name)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="11">`,
    `<title>${escaped(title)}</title><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="26" font-size="16">${escaped(title)}</text>`,
    ...[...ticks, ...inside, ...legend].filter((one) => one !== ''),
    '</svg>\n',
  ].join('\n');
}

function written(value: number): string {
  return Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(2);
}

function f(value: number): string {
  return value.toFixed(1);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
