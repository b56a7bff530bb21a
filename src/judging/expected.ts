import type { TaskType } from '../registry/rubric.schema.js';
import { type Answer, artifactText, csvOf, htmlOf, jsonOf, type Reading } from './artifact-text.js';
import { languageOf, scanCode } from './code.js';
import { memo } from './memo.js';
import { codesOf, documents, drawingOf, drawings, sheets } from './parts.js';
import { lines, words } from './text.js';

/** What an answer to a task of this type is made of; prose stands for text, Markdown and HTML alike. */
export type Expected = 'prose' | 'html' | 'svg' | 'json' | 'csv' | 'code' | 'any';

export function expectedOf({ artifact }: Pick<TaskType, 'artifact'>): Expected {
  return expectedAs(artifact);
}

const expectedAs = memo(({ type, name, media_type: mediaType }: TaskType['artifact']): Expected => {
  const { format } = artifactText({ type, name, mediaType, bytes: new Uint8Array() });
  if (type === 'image') return 'svg';
  if (format === 'text' || format === 'markdown') return type === 'file' ? 'any' : 'prose';
  return format === 'binary' ? 'any' : format;
});

/** `missing`: nothing of the expected kind came. `broken`: no program can read it. `too_much`: none here may. */
export type FormatProblem = 'missing' | 'broken' | 'too_much';

/** What is wrong with an answer's format, however it is wrapped. Prose can be told in any format. */
export function formatProblem(answer: Answer, expected: Expected): FormatProblem | undefined {
  const { readings } = answer;
  if (readings.some(({ format }) => format === 'binary')) return undefined;
  switch (expected) {
    case 'prose':
    case 'any':
      return undefined;
    case 'html':
      return parsedProblem(
        readings.filter(({ source }) => TAG.test(source)),
        (reading) => htmlOf(reading).kind,
      );
    case 'svg':
      return parsedProblem(
        drawings(answer).filter(({ source }) => source.includes('<svg')),
        (reading) => drawingOf(reading).kind,
      );
    case 'json':
      return parsedProblem(
        documents(answer).filter(({ source }) => /[{[]/.test(source)),
        (reading) => jsonOf(reading).kind,
      );
    case 'csv':
      return parsedProblem(sheets(readings).filter(hasColumns), (reading) => csvOf(reading).kind);
    case 'code':
      return isWithoutCode(answer) ? 'missing' : undefined;
  }
}

const TAG = /<(?:!doctype|html|body|div|section|main|article|form|table|ul|ol|p|h[1-6]|span|a|label|img)[\s>]/i;

function parsedProblem(found: readonly Reading[], parsed: (reading: Reading) => string): FormatProblem | undefined {
  const kinds = found.map(parsed);
  if (kinds.includes('ok')) return undefined;
  if (kinds.includes('too_much')) return 'too_much';
  return found.every(({ source }) => isRunningText(source)) ? 'missing' : 'broken';
}

function hasColumns({ source }: Reading): boolean {
  const [header = ''] = lines(source.slice(0, 20_000));
  return /[,;\t|]/.test(header) && !/^\s*[{[<]/.test(header);
}

function isWithoutCode(answer: Answer): boolean {
  const codes = codesOf(answer);
  const sources =
    codes.length > 0
      ? codes
      : answer.readings.map(({ ending, source }) => ({ language: languageOf(ending), code: source }));
  return sources.every(({ language, code }) =>
    isRunningText(scanCode(code.slice(0, 100_000), language ?? 'other').code),
  );
}

const FEWEST_WORDS = 30;

/** Most words stand in lines that are long and have hardly any of the marks that code and data are full of. */
export function isRunningText(source: string): boolean {
  const told = lines(source.slice(0, 100_000)).map((line) => ({
    count: words(line).length,
    isProse: isProseLine(line),
  }));
  const all = told.reduce((sum, { count }) => sum + count, 0);
  const inProse = told.filter(({ isProse }) => isProse).reduce((sum, { count }) => sum + count, 0);
  return all >= FEWEST_WORDS && inProse / all >= 0.6;
}

function isProseLine(line: string): boolean {
  const marks = line.match(/[{}()[\];=<>\\|$&%/_"`:]/g)?.length ?? 0;
  return words(line).length >= 6 && marks / line.length < 0.02;
}
