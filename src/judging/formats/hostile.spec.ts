import { deflateSync } from 'node:zlib';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { anArtifact } from '../../../test/support/answers.js';
import { aPdf } from '../../../test/support/files.js';
import { processorMs } from '../../../test/support/processor.js';
import { artifactText, readAnswer } from '../artifact-text.js';
import { Limited } from '../limited.js';
import { JUDGED } from '../limits.js';
import { Apart, processorMsOf } from './apart.js';
import { checkedFiles, validityOf } from './formats.js';
import type { Validity } from './validity.js';

const limited = new Limited();
afterAll(() => limited.close());

const file = (name: string, content: string | Uint8Array) =>
  anArtifact(content, { type: 'file', name, mediaType: 'application/octet-stream' });
const laughs = `<!DOCTYPE svg [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${'bcdefghij'[at]} "${`&${'abcdefghi'[at]};`.repeat(10)}">`).join('')}]>`;

function hugeHeader(): Buffer {
  const head = Buffer.from('89504e470d0a1a0a0000000d494844520000ea600000ea6008020000000000000000000000', 'hex');
  return Buffer.concat([head, Buffer.alloc(60)]);
}

/** A page whose content unpacks to 600 MB. */
function pdfBomb(): Buffer {
  const packed = deflateSync(Buffer.alloc(600_000_000, ' '), { level: 1 });
  const [before = '', after = ''] = aPdf({ text: 'HERE' })
    .toString('latin1')
    .split(/<< \/Length \d+ >>\nstream\n[^\n]*\nendstream/);
  const head = Buffer.from(`${before}<< /Length ${packed.byteLength} /Filter /FlateDecode >>\nstream\n`, 'latin1');
  return Buffer.concat([head, packed, Buffer.from(`\nendstream${after}`, 'latin1')]);
}

const BOMBS: readonly (readonly [string, string, string | Uint8Array])[] = [
  ['entities that multiply', 'a.svg', `${laughs}<svg xmlns="http://www.w3.org/2000/svg"><text>&j;</text></svg>`],
  ['JSON a hundred thousand deep', 'a.json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['brackets in JavaScript', 'a.js', '('.repeat(50_000)],
  ['brackets in TypeScript', 'a.ts', `let x = ${'['.repeat(50_000)}`],
  ['brackets in Python', 'a.py', `x = ${'('.repeat(50_000)}`],
  ['an f-string in an f-string', 'a.py', 'f"{'.repeat(20_000)],
  ['steps of indentation', 'a.py', Array.from({ length: 600 }, (_, at) => `${' '.repeat(at)}if x:`).join('\n')],
  ['brackets in SQL', 'a.sql', `SELECT ${'('.repeat(50_000)}`],
  ['cases in SQL', 'a.sql', `SELECT ${'CASE WHEN '.repeat(5_000)}`],
  ['quotes in Markdown', 'a.md', `${'> '.repeat(30_000)}x`],
  ['a field of 10 MB', 'a.csv', `a,b\n1,"${'x'.repeat(10_000_000)}"\n`],
  ['a header of 60000 by 60000 pixels', 'a.png', hugeHeader()],
  ['a page of 600 MB', 'a.pdf', pdfBomb()],
  ['elements in HTML', 'a.html', '<div>'.repeat(40_000)],
];

test.each(BOMBS)('%s are left open or refused, soon, and the next file is read', async (_name, name, content) => {
  let validity: Validity | undefined;
  const ownMs = await processorMs(async () => {
    validity = await validityOf(artifactText(file(name, content)), limited);
  });
  expect(validity?.met).not.toBe('yes');
  expect(ownMs).toBeLessThan(3_000);
  expect((await validityOf(artifactText(file('ok.py', 'x = 1\n')), limited)).met).toBe('yes');
});

test('what keeps a processor busy in the other process is ended there, by the time that it took', async () => {
  const apart = new Apart(JUDGED.apartMb, 1_000);
  onTestFinished(() => apart.close());
  const endless = { kind: 'markdown', text: '> '.repeat(30_000) } as const;
  const given = await apart.run(endless, 1_000);
  expect(given.evidence).toContain('it takes more time or memory');
  expect(processorMsOf(given)).toBe(1_000);
  const honest = await apart.run({ kind: 'markdown', text: '# A title' }, 1_000);
  expect([honest.met, (processorMsOf(honest) ?? 0) > 0]).toEqual(['yes', true]);
});

test('twenty of them in one answer take no longer than one answer may', async () => {
  const bomb = pdfBomb();
  const files = Array.from({ length: 20 }, (_, at) => file(`${at}.pdf`, bomb));
  const checked = await checkedFiles(readAnswer(files), limited);
  expect(checked.map(({ validity }) => validity.met)).not.toContain('yes');
  const late = checked.filter(({ validity }) => validity.evidence === 'the artifacts before it took all the time');
  expect(late.length).toBeGreaterThanOrEqual(10);
});

test('the process that asks stays free while another one reads', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 10);
  await validityOf(artifactText(file('b.md', `${'> '.repeat(30_000)}y`)), limited);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(20);
});
