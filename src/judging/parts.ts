import { type Answer, csvOf, jsonOf, type Reading, svgOf, unwrapped } from './artifact-text.js';
import { isBareCode, type Language, languageOf } from './code.js';
import { blocks } from './markdown.js';
import { memo, type Parsed } from './memo.js';
import { parseSvg, type Svg, type SvgElement } from './svg.js';

/** The parts of an answer by what they are. Agents wrap data in text and fences, so what says it is data comes first. */

/** Artifacts that say they are JSON, or else whatever turns out to be. */
export function documents({ readings }: Answer): readonly Reading[] {
  const declared = readings.filter(({ format }) => format === 'json');
  return declared.length > 0
    ? declared
    : readings.filter((reading) => reading.format !== 'binary' && jsonOf(reading).kind !== 'bad');
}

/** Artifacts that say they are CSV, or else texts with at least two columns in every row. */
export function sheets(readings: readonly Reading[]): readonly Reading[] {
  const declared = readings.filter(({ format }) => format === 'csv');
  return declared.length > 0
    ? declared
    : readings.filter((reading) => /^(?:text|markdown)$/.test(reading.format) && isSheet(reading));
}

function isSheet(reading: Reading): boolean {
  const parsed = csvOf(reading);
  return parsed.kind === 'ok' && parsed.value.header.length > 1 && parsed.value.rows.length > 0;
}

/** Artifacts that say they are HTML. */
export function pages({ readings }: Answer): readonly Reading[] {
  return readings.filter(({ format }) => format === 'html');
}

/** Artifacts that say they are SVG, or else texts that hold one. */
export function drawings({ readings }: Answer): readonly Reading[] {
  const declared = readings.filter(({ format }) => format === 'svg');
  if (declared.length > 0) return declared;
  return readings.filter(
    (reading) =>
      ['text', 'markdown', 'html', 'code'].includes(reading.format) &&
      /^<(?:svg|\?xml)/.test(unwrapped(reading).trim()),
  );
}

export const drawingOf: (reading: Reading) => Parsed<Svg> = memo((reading: Reading) =>
  reading.format === 'svg' ? svgOf(reading) : parseSvg(unwrapped(reading)),
);

const SHAPES = new Set('path rect circle ellipse line polyline polygon text image use'.split(' '));

/** Shapes that show: with a size, and not in a definition. */
export function drawn({ elements }: Svg): readonly SvgElement[] {
  return elements.filter(
    ({ name, defined, attributes }) => SHAPES.has(name) && !defined && attributes.d !== '' && attributes.points !== '',
  );
}

export interface Code {
  readonly name: string;
  readonly language: Language | undefined;
  readonly code: string;
}

/** Code files, and code that stands in fences of a text; where there is neither, texts that are code throughout. */
export function codesOf({ readings }: Answer): readonly Code[] {
  const files = readings
    .filter(({ format, ending }) => format === 'code' || format === 'json' || languageOf(ending) !== undefined)
    .map(({ name, ending, source }) => ({ name, language: languageOf(ending), code: source }));
  const fenced = readings
    .filter(({ format }) => format === 'text' || format === 'markdown')
    .flatMap(({ name, source }) =>
      blocks(source).flatMap((block) =>
        block.kind === 'code' ? [{ name, language: languageOf(block.language), code: block.text }] : [],
      ),
    );
  if (files.length + fenced.length > 0) return [...files, ...fenced];
  return readings
    .filter(({ format, source }) => (format === 'text' || format === 'markdown') && isBareCode(source))
    .map(({ name, source }) => ({ name, language: undefined, code: source }));
}
