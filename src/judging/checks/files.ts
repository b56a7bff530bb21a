import { fileTypeFromBuffer } from 'file-type';
import type { Reading } from '../artifact-text.js';
import { type Check, type Checks, inRange, no, some, yesOrNo } from './check.js';

const HEAD_BYTES = 65_536;

const artifact: Check<'artifact'> = ({ type, media_type, extension, min, max }, { answer }) => {
  const fitting = answer.readings.filter(
    (reading) =>
      (type === undefined || reading.type === type) &&
      (media_type === undefined || isMedia(reading, media_type)) &&
      (extension === undefined || reading.ending === extension),
  );
  const asked = [type, media_type, extension].filter((part) => part !== undefined).join(' ');
  return inRange(fitting.length, { min, max }, asked === '' ? 'artifacts' : `artifacts of ${asked}`);
};

const maxBytes: Check<'max_bytes'> = ({ bytes }, { answer }) => {
  const over = answer.readings.filter(({ size }) => size > bytes);
  const largest = answer.readings.reduce((most, { size }) => Math.max(most, size), 0);
  return yesOrNo(over.length === 0, `the largest artifact has ${largest} bytes; asked for ${bytes} at most`);
};

const fileType: Check<'file_type'> = async ({ types }, { answer }) => {
  if (answer.readings.length === 0) return no('there is no artifact');
  const formats = await Promise.all(answer.readings.map(realType));
  const wrong = formats.filter((format) => !types.includes(format));
  return yesOrNo(wrong.length === 0, `the bytes are ${some(formats)}; asked for ${some(types)}`, 0.95);
};

export const fileChecks: Checks<'artifact' | 'max_bytes' | 'file_type'> = {
  artifact,
  max_bytes: maxBytes,
  file_type: fileType,
};

function isMedia({ mediaType }: Reading, wanted: string): boolean {
  return mediaType.split(';')[0]?.trim().toLowerCase() === wanted.toLowerCase();
}

const TEXT_TYPES = {
  text: 'txt',
  markdown: 'md',
  html: 'html',
  svg: 'svg',
  json: 'json',
  csv: 'csv',
  code: 'txt',
  binary: 'bin',
};

async function realType({ format, bytes }: Reading): Promise<string> {
  if (format !== 'binary') return TEXT_TYPES[format];
  const found = await fileTypeFromBuffer(bytes.subarray(0, HEAD_BYTES)).catch(() => undefined);
  return found?.ext ?? 'bin';
}
