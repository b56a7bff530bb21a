import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FaultyAgent, faultyAgent } from '../../test/faulty-agent.js';
import { COMMANDS, ranCli } from '../../test/ran-cli.js';
import { CHECKS } from '../doctor/checks.js';

const SECRET = 'whsec_YmFrZW9mZi1jb250cmFjdC1leGFtcGxlLXNlY3JldCE=';
const path = (name: string) => fileURLToPath(new URL(`../../../../docs/build-an-agent/${name}`, import.meta.url));
let agent: FaultyAgent;
beforeAll(async () => {
  agent = await faultyAgent('crashes on bad json', SECRET);
});
afterAll(() => agent.close());

describe('the command line', () => {
  test('lists its commands, and prints the usage of each', async () => {
    const overview = await ranCli('--help');
    expect(overview).toMatchObject({ code: 0, err: '' });
    for (const { name, summary } of COMMANDS) {
      expect(overview.out).toContain(summary);
      expect(await ranCli(name, '--help')).toMatchObject({
        code: 0,
        out: expect.stringContaining(`Usage: npx @bakeoff/agent-kit ${name} `),
      });
    }
    expect(await ranCli()).toMatchObject({ code: 2, out: overview.out });
  });

  test.each([
    [['docter'], 'There is no command "docter"; did you mean "doctor"?'],
    [['zzz'], 'There is no command "zzz".'],
    [['doctor'], 'URL is missing.'],
    [['doctor', 'a', 'b'], 'One URL is enough; "b" is too much.'],
    [['doctor', 'ftp://x'], '"ftp://x" is no address'],
    [['doctor', 'x', '--frob'], "Unknown option '--frob'."],
    [['doctor', 'x', '--secret'], "Option '--secret <value>' argument missing."],
    [['doctor', 'x'], 'There is no secret'],
    [['doctor', 'x', '--secret', 'nonsense'], "The secret can't be used"],
    [['doctor', 'x', '--secret', SECRET, '--timeout', '0'], '--timeout takes a whole number from 1 to 600, not "0".'],
    [['doctor', 'x', '--secret', SECRET, '--only', 'helth'], 'There is no check "helth", did you mean "health"?'],
    [['doctor', 'x', '--secret', SECRET, '--agent', 'nowhere.json'], "nowhere.json can't be read (ENOENT)."],
    [
      ['doctor', '127.0.0.1:1', '--secret', SECRET],
      'There is no agent at http://127.0.0.1:1/execute: nothing listens there',
    ],
  ])('says in one line what is wrong with %j', async (args, message) => {
    const { code, out, err } = await ranCli(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err.trimEnd()).not.toContain('\n');
  });
});

describe('doctor', () => {
  const only = ['--only', 'method,bad-json', '--secret', SECRET];

  test('ends with 1 when a check fails, and says what to do', async () => {
    const { code, out } = await ranCli('doctor', agent.url, ...only);
    expect(code).toBe(1);
    expect(out).toMatch(/ok {4}method/);
    expect(out).toMatch(
      /FAIL {2}bad-json .*\n +seen: it answered 500 bad_json.*\n +fix: {2}Catch .*\n +see: {2}docs\/contract.md#/,
    );
    expect(out).toMatch(/1 passed, 1 failed in/);
    expect(out).not.toContain('\u001b');
  });

  test('ends with 0 when none does', async () => {
    expect((await ranCli('doctor', agent.url, ...only, '--skip', 'bad-json')).code).toBe(0);
  });

  test('reports as JSON too', async () => {
    const { code, out } = await ranCli('doctor', agent.url.replace('/execute', ''), ...only, '--json');
    const report = JSON.parse(out);
    expect(code).toBe(1);
    expect(report).toMatchObject({ url: agent.url, ok: false, counts: { pass: 1, fail: 1, warn: 0, skipped: 0 } });
    const [good, bad] = report.checks;
    expect(good).toEqual({
      key: 'method',
      verdict: 'pass',
      title: expect.any(String),
      seen: expect.any(String),
      took_ms: expect.any(Number),
    });
    expect(bad).toMatchObject({ key: 'bad-json', verdict: 'fail', fix: expect.any(String), docs: expect.any(String) });
  });

  test('makes the plain call first for a check that builds on it', async () => {
    const { out } = await ranCli('doctor', agent.url, '--only', 'repeat', '--secret', SECRET);
    expect(out).toMatch(/ok {4}prototype[\s\S]*ok {4}repeat/);
  });

  test('lists its checks without an agent', async () => {
    const { code, out } = await ranCli('doctor', '--list');
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(CHECKS.map(({ key }) => key));
  });
});

describe('its pages', () => {
  test('command-line.md shows the usage of every command', async () => {
    const page = await readFile(path('command-line.md'), 'utf8');
    for (const { name, usage } of COMMANDS)
      expect(page).toContain(`\`\`\`text\nnpx @bakeoff/agent-kit ${name} ${usage}\n\`\`\``);
  });

  test('doctor-checks.md lists every check with its fix (written anew by vitest -u)', async () => {
    const rows = CHECKS.map(
      ({ key, title, fix, docs }) => `| \`${key}\` | ${title} | ${fix} | [there](../${docs.replace('docs/', '')}) |`,
    );
    const page = [
      '# What the doctor checks',
      '',
      '`npx @bakeoff/agent-kit doctor URL` does all of this to an agent, in this order. What builds on a plain call is skipped where that does not work yet.',
      '',
      '| check | holds true of a good agent | what to change when it fails | more |',
      '|---|---|---|---|',
      ...rows,
      '',
    ];
    await expect(page.join('\n')).toMatchFileSnapshot(path('doctor-checks.md'));
  });

  test('every place that a check names is there', async () => {
    for (const place of new Set(CHECKS.map(({ docs }) => docs))) {
      const [file = '', anchor] = place.replace('docs/', '').split('#');
      const headings = [...(await readFile(path(`../${file}`), 'utf8')).matchAll(/^#+ (.*)$/gm)];
      expect(headings.map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-'))).toContain(anchor);
    }
  });
});
