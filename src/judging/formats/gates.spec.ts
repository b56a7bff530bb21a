import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { aFileFor, anArtifact, anInput } from '../../../test/support/answers.js';
import { aPdf, aZip } from '../../../test/support/files.js';
import { taskType } from '../../registry/taxonomy.js';
import type { JudgedArtifact } from '../judge.js';
import { RuleJudge } from '../rule-judge.js';

const judge = new RuleJudge();
afterAll(() => judge.close());

async function gatesOf(slug: string, ...artifacts: JudgedArtifact[]) {
  const type = taskType(slug);
  if (!type) throw new Error(`no task type ${slug}`);
  const { gates, total } = await judge.judge(anInput(type, artifacts));
  return { keys: gates.map(({ key }) => key), gates, total };
}

function fileOf(slug: string, content: string | Uint8Array): JudgedArtifact {
  const type = taskType(slug);
  if (!type) throw new Error(`no task type ${slug}`);
  return aFileFor(type, content);
}

const file = (name: string, content: string | Uint8Array) =>
  anArtifact(content, { type: 'file', name, mediaType: 'application/octet-stream' });
const LOGO = (inner = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/>${inner}</svg>`;
const CODE = 'export function groupBy(list, key) {\n  return Object.groupBy(list, (item) => item[key]);\n}\n';

describe('an answer that nobody can open stays below its cap', () => {
  test('and the gate says file, line and column', async () => {
    const { gates, total } = await gatesOf('javascript-function', fileOf('javascript-function', `${CODE}let a = ;\n`));
    expect(gates).toContainEqual({
      key: 'malformed',
      evidence: expect.stringMatching(/^solution\.js: line 4, column 9/),
      cap: 40,
    });
    expect(total.high).toBeLessThanOrEqual(40);
    const json = await gatesOf('json-extraction', fileOf('json-extraction', '{\n"a": 1,\n"b": [1, }\n'));
    expect(json.gates[0]?.evidence).toMatch(/line 3, column 10/);
  });

  test('so is a PNG that is called a drawing', async () => {
    const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#abc' } })
      .png()
      .toBuffer();
    const { gates } = await gatesOf('svg-logo', fileOf('svg-logo', png));
    expect(gates).toContainEqual({ key: 'malformed', evidence: 'logo.svg: it is called svg, and is png', cap: 40 });
  });
});

describe('a good answer with something odd beside it is only reported', () => {
  test.each<readonly [string, JudgedArtifact]>([
    ['broken_file', file('shot.pdf', aPdf().subarray(0, -50))],
    ['broken_file', file('data.json', '{"a": }')],
    ['mislabeled', file('page.txt', '<!doctype html><html><body>Hello there</body></html>')],
    ['unsafe', file('all.zip', aZip([{ name: '../../x', content: 'x' }]))],
    ['unsafe', file('a.pdf', aPdf({ catalog: '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>' }))],
    ['unsafe', file('notes.md', 'See [www.bank.com](https://evil.example/login) first.')],
    ['unsafe', file('b.svg', LOGO('<script>alert(1)</script>'))],
  ])('%s %#', async (key, odd) => {
    const { gates } = await gatesOf('svg-logo', fileOf('svg-logo', LOGO()), odd);
    expect(gates.filter((gate) => gate.cap !== null)).toEqual([]);
    expect(gates.map((gate) => gate.key)).toContain(key);
  });
});

describe('nothing is said of', () => {
  test.each<readonly [string, JudgedArtifact]>([
    [
      'a page with scripts of its own',
      file(
        'a.html',
        '<!doctype html><html lang="en"><head><title>x</title></head><body onload="x()"><script>x()</script><a href="https://example.org">example.org</a></body></html>',
      ),
    ],
    [
      'examples that lead to localhost',
      file('README.md', '# Run\n\nOpen http://localhost:3000 and <http://127.0.0.1:8080/x>.'),
    ],
    ['a honest archive', file('a.zip', aZip([{ name: 'a/b.txt', content: 'hello' }]))],
    ['a language without a parser', file('main.rs', 'fn main() { println!("hi"); }')],
    ['a shell script', file('run.sh', 'echo "don\'t"\n')],
  ])('%s', async (_name, fine) => {
    expect((await gatesOf('svg-logo', fileOf('svg-logo', LOGO()), fine)).keys).toEqual([]);
  });
});
