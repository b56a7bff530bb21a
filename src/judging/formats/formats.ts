import { type Answer, csvOf, htmlOf, jsonOf, type Reading, svgOf } from '../artifact-text.js';
import { scanCode } from '../code.js';
import { leaves } from '../json.js';
import type { Limited } from '../limited.js';
import { JUDGED } from '../limits.js';
import { memo, type Parsed } from '../memo.js';
import { processorMsOf } from './apart.js';
import type { Claim } from './claim.js';
import { claimOf } from './claim.js';
import { jsonPlace } from './json-place.js';
import { mislabeled } from './mislabeled.js';
import { broken, brokenAt, fine, placeOf, unsure, type Validity } from './validity.js';

/** How an artifact of each claim is read. Small text formats are read at once, the others in the worker or the child. */
type Reader = (reading: Reading, limited: Limited) => Validity | Promise<Validity>;

const READERS: { readonly [C in Claim]: Reader } = {
  json: (reading) => {
    const parsed = jsonOf(reading);
    if (parsed.kind === 'bad') return jsonPlace(reading.source, parsed.reason);
    return said(parsed, (value) => fine(`valid JSON with ${leaves(value).length} values`));
  },
  csv: (reading) =>
    said(csvOf(reading), ({ header, rows }) => fine(`valid CSV: ${rows.length} rows of ${header.length} fields`)),
  html: (reading) =>
    said(htmlOf(reading), ({ elements, errors }) => {
      const real = errors.filter((error) => !HARMLESS.test(error));
      return real.length === 0
        ? fine(`HTML of ${elements.length} elements without an error`)
        : broken(`${real.length} errors: ${real.slice(0, 3).join('; ')}`, {}, 0.9);
    }),
  svg: (reading) => said(svgOf(reading), ({ elements }) => fine(`well-formed SVG of ${elements.length} elements`)),
  markdown: ({ source }, limited) =>
    limited.apart.run({ kind: 'markdown', text: source.slice(0, JUDGED.textChars) }, 2_000),
  text: ({ source }) => (source.trim() === '' ? broken('it is empty') : fine(`text of ${source.length} characters`)),
  javascript: (reading, limited) => codeValidity(reading.source, 'javascript', limited),
  typescript: (reading, limited) => codeValidity(reading.source, 'typescript', limited),
  python: (reading, limited) => codeValidity(reading.source, 'python', limited),
  sql: (reading, limited) => codeValidity(reading.source, 'sql', limited),
  css: (reading, limited) => codeValidity(reading.source, 'css', limited),
  shell: (reading, limited) => codeValidity(reading.source, 'shell', limited),
  image: ({ bytes }, limited) => limited.apart.run({ kind: 'image', bytes }),
  pdf: ({ bytes }, limited) => limited.apart.run({ kind: 'pdf', bytes }),
  archive: ({ bytes }, limited) => limited.apart.run({ kind: 'archive', bytes }),
  other: () => unsure('there is no reader for what it claims to be'),
};

/** Errors that say nothing of the page: a fragment has no document type. */
export const HARMLESS = /^missing-doctype|^unexpected-null|^control-character|^cdata/;

export type ParsedLanguage = 'javascript' | 'typescript' | 'python' | 'sql' | 'css' | 'shell';

/** Whether code parses, with its place where it does not. Of CSS and shell only what is open is seen. */
export async function codeValidity(
  code: string,
  language: ParsedLanguage,
  limited: Limited,
  dialect?: 'postgresql' | 'mysql' | 'sqlite' | 'bigquery',
): Promise<Validity> {
  if (code.trim() === '') return broken('it is empty');
  if (code.length > JUDGED.codeChars) return unsure(`too large to judge: more than ${JUDGED.codeChars} characters`);
  switch (language) {
    case 'python':
      return limited.apart.run({ kind: 'python', code }, 3_000);
    case 'sql':
      return limited.apart.run({ kind: 'sql', code, dialect }, 3_000);
    case 'javascript':
    case 'typescript':
      return scriptValidity(code, language, limited);
    case 'css': {
      const { problem } = scanCode(code, 'css');
      return problem === undefined
        ? unsure('there is no parser for css here; brackets and strings close')
        : broken(problem, {}, 0.9);
    }
    case 'shell':
      return unsure('there is no parser for shell here; nothing was looked at');
  }
}

async function scriptValidity(
  code: string,
  language: 'javascript' | 'typescript',
  limited: Limited,
): Promise<Validity> {
  const outcome = await limited.run({ kind: language, code });
  if (outcome.kind !== 'done') return unsure('it is more than the parser takes');
  const [problem] = outcome.problems;
  if (problem === undefined) return fine(`it parses as ${language}`);
  const [, line, column] = / \((\d+):(\d+)\)$/.exec(problem) ?? [];
  const what = problem.replace(/ \(\d+:\d+\)$/, '');
  return line === undefined ? broken(what) : brokenAt({ line: Number(line), column: Number(column) + 1 }, what);
}

function said<T>(parsed: Parsed<T>, then: (value: T) => Validity): Validity {
  if (parsed.kind === 'ok') return then(parsed.value);
  return parsed.kind === 'bad'
    ? broken(parsed.reason, placeIn(parsed.reason))
    : unsure(`too large to judge: ${parsed.reason}`);
}

/** Parsers of XML and CSV begin or end their messages with the place. */
function placeIn(reason: string): { line?: number; column?: number } {
  const [, line, column] = /^(?:undefined:)?(\d{1,7}):(\d{1,7}):/.exec(reason) ?? [];
  if (line !== undefined) return { line: Number(line), column: Number(column) };
  const [, only] = /\bline (\d{1,7})/.exec(reason) ?? [];
  return only === undefined ? {} : { line: Number(only) };
}

const known = memo((_reading: Reading) => new Map<'validity', Promise<Validity>>());

/** Whether an artifact is what it claims to be. Never throws; the same artifact is read once, whoever asks. */
export function validityOf(reading: Reading, limited: Limited): Promise<Validity> {
  const before = known(reading).get('validity');
  if (before) return before;
  const validity = read(reading, limited).catch((): Validity => unsure('it could not be read'));
  known(reading).set('validity', validity);
  return validity;
}

async function read(reading: Reading, limited: Limited): Promise<Validity> {
  const wrong = await mislabeled(reading);
  if (wrong) return wrong;
  if (reading.size === 0) return broken('it is empty');
  const validity = await READERS[claimOf(reading)](reading, limited);
  return reading.cut && validity.met === 'no' && reading.format !== 'binary'
    ? unsure(`only a part was read: ${validity.evidence}`)
    : validity;
}

/** One artifact and what was found. */
export interface Checked {
  readonly reading: Reading;
  readonly claim: Claim;
  readonly validity: Validity;
}

/** All artifacts of an answer, until the time for one answer is used up. Markdown is left out: any text is some. */
export async function checkedFiles({ readings }: Answer, limited: Limited): Promise<Checked[]> {
  const checked: Checked[] = [];
  let leftMs: number = JUDGED.validityMs;
  for (const reading of readings) {
    const claim = claimOf(reading);
    const startedAt = performance.now();
    const validity =
      leftMs <= 0
        ? unsure('the artifacts before it took all the time')
        : claim === 'markdown' && reading.format !== 'binary'
          ? fine('text')
          : await validityOf(reading, limited);
    // What is read apart waits for its turn and for a processor: that is not its own time.
    leftMs -= processorMsOf(validity) ?? performance.now() - startedAt;
    checked.push({ reading, claim, validity });
  }
  return checked;
}

export { placeOf };
