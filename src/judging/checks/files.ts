import { fileTypeFromBuffer } from 'file-type';
import type { Reading } from '../artifact-text.js';
import { claimOf } from '../formats/claim.js';
import { validityOf } from '../formats/formats.js';
import { linkProblem, linksOf } from '../formats/links.js';
import type { Details, Validity } from '../formats/validity.js';
import { fold } from '../text.js';
import {
  allThere,
  type Check,
  type Checks,
  type Context,
  type Finding,
  inRange,
  no,
  rangeText,
  some,
  unknown,
  yesOrNo,
} from './check.js';

type FileKind =
  | ('artifact' | 'max_bytes' | 'file_type' | 'valid' | 'image_size' | 'pdf_pages' | 'pdf_text')
  | ('links_safe' | 'archive_safe' | 'markdown_valid');

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

const valid: Check<'valid'> = (_rule, context) => eachFile(context.answer.readings, context, 'artifact', verdict);

const markdownValid: Check<'markdown_valid'> = (_rule, context) =>
  eachFile(ofClaim(context, 'markdown'), context, 'Markdown', verdict);

const imageSize: Check<'image_size'> = ({ min_width, max_width, min_height, max_height, ratio }, context) =>
  eachFile(ofClaim(context, 'image'), context, 'image', (validity) =>
    known(validity, ({ width, height }) => {
      if (width === undefined || height === undefined) return undefined;
      const wide = inRange(width, { min: min_width, max: max_width }, '');
      const high = inRange(height, { min: min_height, max: max_height }, '');
      const isRatio = ratio === undefined || Math.abs(width / height / ratio - 1) <= 0.02;
      const asked = [
        ...(min_width === undefined && max_width === undefined
          ? []
          : [`width ${rangeText({ min: min_width, max: max_width })}`]),
        ...(min_height === undefined && max_height === undefined
          ? []
          : [`height ${rangeText({ min: min_height, max: max_height })}`]),
        ...(ratio === undefined ? [] : [`a ratio of ${ratio}`]),
      ];
      return yesOrNo(
        wide.met === 'yes' && high.met === 'yes' && isRatio,
        `${width} by ${height} pixels; asked for ${asked.join(', ')}`,
      );
    }),
  );

const pdfPages: Check<'pdf_pages'> = (rule, context) =>
  eachFile(ofClaim(context, 'pdf'), context, 'PDF', (validity) =>
    known(validity, ({ pages }) => (pages === undefined ? undefined : inRange(pages, rule, 'pages'))),
  );

const pdfText: Check<'pdf_text'> = ({ terms }, context) =>
  eachFile(ofClaim(context, 'pdf'), context, 'PDF', (validity) =>
    known(validity, ({ text }) => {
      if (text === undefined) return undefined;
      if (text === '') return unknown('it holds no text that a program can read: it may be a picture of one');
      const plain = comparable(text);
      return allThere(
        terms,
        terms.filter((term) => !plain.includes(comparable(term))),
        'terms',
        0.95,
      );
    }),
  );

const linksSafe: Check<'links_safe'> = ({ allow_private, https_only }, { answer }) => {
  const links = answer.readings.flatMap(linksOf);
  const problems = links.flatMap((link) => {
    const problem = linkProblem(link, { privateHosts: allow_private, plainHttp: !https_only });
    return problem === undefined ? [] : [`${link.href.slice(0, 80)} ${problem}`];
  });
  if (answer.readings.length === 0) return no('there is no artifact');
  const found = [...new Set(problems)];
  return yesOrNo(
    found.length === 0,
    found.length === 0
      ? `${links.length} links, none with a trap`
      : `${found.length} links: ${some(found, 3).slice(0, 250)}`,
    0.95,
  );
};

const archiveSafe: Check<'archive_safe'> = (_rule, context) =>
  eachFile(
    ofClaim(context, 'archive'),
    context,
    'archive',
    ({ met, evidence, confidence, details: { dangers = [] } }) => {
      if (dangers.length > 0) return no(`found ${some(dangers)}`);
      return met === 'no' ? no(evidence, confidence) : { met, evidence, confidence };
    },
  );

export const fileChecks: Checks<FileKind> = {
  artifact,
  max_bytes: maxBytes,
  file_type: fileType,
  valid,
  image_size: imageSize,
  pdf_pages: pdfPages,
  pdf_text: pdfText,
  links_safe: linksSafe,
  archive_safe: archiveSafe,
  markdown_valid: markdownValid,
};

function ofClaim({ answer }: Context, claim: string): readonly Reading[] {
  return answer.readings.filter((reading) => claimOf(reading) === claim);
}

/** The worst finding of all these files; one after the other, since they share one reader. */
async function eachFile(
  readings: readonly Reading[],
  { limited }: Context,
  noun: string,
  judge: (validity: Validity) => Finding,
): Promise<Finding> {
  const findings: Finding[] = [];
  for (const reading of readings) {
    const { met, evidence, confidence } = judge(await validityOf(reading, limited));
    const named = readings.length > 1 ? `${reading.name}: ${evidence}` : evidence;
    findings.push(met === 'unknown' ? unknown(named) : yesOrNo(met === 'yes', named, confidence));
  }
  return (
    findings.find(({ met }) => met === 'no') ??
    findings.find(({ met }) => met === 'unknown') ??
    findings[0] ??
    no(`there is no ${noun}`)
  );
}

function verdict({ met, evidence, confidence }: Validity): Finding {
  return { met, evidence, confidence };
}

/** Goes on with what a file that can be read says of itself. */
function known(validity: Validity, then: (details: Details) => Finding | undefined): Finding {
  if (validity.met === 'no') return no(validity.evidence, validity.confidence);
  return then(validity.details) ?? unknown(validity.evidence);
}

/** Text of a PDF is broken into lines and pieces where nobody sees it. */
function comparable(text: string): string {
  return fold(text).replace(/\s+/g, '');
}

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
