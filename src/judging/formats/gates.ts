import { htmlOf, type Reading, svgOf } from '../artifact-text.js';
import { dangersOf as htmlDangers } from '../checks/html.js';
import { dangersOf as svgDangers } from '../checks/svg.js';
import type { FindGate, Gated } from '../gate.js';
import type { Gate } from '../judgement.schema.js';
import { JUDGED } from '../limits.js';
import type { Checked } from './formats.js';
import { linkProblem, linksOf } from './links.js';

/** A parser that is this sure closes the gate; what one with gaps finds is reported. */
const SURE = 0.95;
const BINARY = new Set(['image', 'pdf', 'archive']);
/** Always readable: browsers mend pages, and any text is Markdown. */
const FORGIVING = new Set(['html', 'markdown', 'text', 'other']);

/** What is broken in an answer of which nothing else is left to use; prose can be read in any wrapping. */
export function brokenOf({ files, expected }: Pick<Gated, 'files' | 'expected'>): string[] {
  const matters = ({ claim }: Checked) => BINARY.has(claim) || expected !== 'prose';
  const broken = files.filter((file) => isBroken(file) && matters(file) && file.validity.confidence >= SURE);
  return broken.length === files.length ? broken.map(described) : [];
}

function isBroken({ claim, reading, validity }: Checked): boolean {
  return validity.met === 'no' && reading.size > 0 && (!FORGIVING.has(claim) || reading.format === 'binary');
}

function described({ reading, validity }: Checked): string {
  return clean(`${reading.name.slice(0, 60)}: ${validity.evidence}`);
}

/** Evidence quotes what strangers wrote. */
function clean(evidence: string): string {
  return evidence
    .replace(/\p{C}+/gu, ' ')
    .slice(0, JUDGED.evidenceChars)
    .toWellFormed();
}

/** Some files are broken: the buyer should know before opening them. */
const brokenFile: FindGate = (given) => {
  if (brokenOf(given).length > 0) return undefined;
  const broken = given.files.filter((file) => isBroken(file) && file.validity.details.really === undefined);
  return report('broken_file', broken.map(described));
};

const mislabeled: FindGate = (given) => {
  if (brokenOf(given).length > 0) return undefined;
  const wrong = given.files.filter(
    ({ reading, validity }) => validity.met === 'no' && validity.details.really !== undefined && reading.size > 0,
  );
  return report('mislabeled', wrong.map(described));
};

const unsafe: FindGate = ({ files }) => report('unsafe', [...new Set(files.flatMap(dangers))]);

export const fileGates: readonly FindGate[] = [brokenFile, mislabeled, unsafe];

/** Examples in answers lead to `localhost` and to plain http, and that is fine. */
const ALLOWED = { privateHosts: true, plainHttp: true };

function dangers({ reading, validity }: Checked): string[] {
  const inside = (validity.details.dangers ?? []).map((danger) => `${reading.name.slice(0, 40)}: ${danger}`);
  return [...inside, ...markupDangers(reading), ...linkDangers(reading)];
}

/** Pages may well have scripts of their own; a drawing may not. */
function markupDangers(reading: Reading): string[] {
  const { format } = reading;
  const html = format === 'html' ? htmlOf(reading) : undefined;
  const svg = format === 'svg' ? svgOf(reading) : undefined;
  const found = [
    ...(html?.kind === 'ok' ? html.value.elements.flatMap(htmlDangers).filter((danger) => !OWN.test(danger)) : []),
    ...(svg?.kind === 'ok' ? [...svg.value.instructions, ...svg.value.elements.flatMap(svgDangers)] : []),
  ];
  return found.map((danger) => `${format}: ${danger}`);
}

const OWN = /^<script>$|^on|from elsewhere$|to elsewhere$|^<(?:iframe|object|embed)>$/;

/** Code is full of addresses that nobody clicks. */
function linkDangers(reading: Reading): string[] {
  if (reading.format === 'code' || reading.format === 'csv') return [];
  return linksOf(reading).flatMap((link) => {
    const problem = linkProblem(link, ALLOWED);
    return problem === undefined ? [] : [`${link.href.slice(0, 60)} ${problem}`];
  });
}

function report(key: string, found: readonly string[]): Gate | undefined {
  if (found.length === 0) return undefined;
  const more = found.length > 3 ? `; and ${found.length - 3} more` : '';
  return { key, evidence: clean(`${found.slice(0, 3).join('; ')}${more}`), cap: null };
}
