import { spawnSync } from 'node:child_process';
import { lstat, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ranCli } from '../../test/ran-cli.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'new-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = (...path: string[]) => readFile(join(folder, ...path), 'utf8');
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('new', () => {
  test('writes an agent with a secret of its own, which only its owner may read', async () => {
    const { code, out } = await ranCli('new', join(folder, 'tidy'), '--name', 'Table Tidy 2');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/npm install[\s\S]*npx @bakeoff\/agent-kit register/),
    });
    expect((await readdir(join(folder, 'tidy'))).sort()).toEqual(
      '.env .env.example .gitignore README.md agent.json agent.test.ts agent.ts clean.ts package.json tsconfig.json work.ts'.split(
        ' ',
      ),
    );
    expect(JSON.parse(await read('tidy', 'agent.json'))).toMatchObject({ name: 'Table Tidy 2', slug: 'table-tidy-2' });
    expect(await read('tidy', '.env')).toMatch(/^BAKEOFF_SECRET=whsec_[\w+/]{43}=$/m);
    expect((await stat(join(folder, 'tidy', '.env'))).mode & 0o777).toBe(0o600);
    expect(await read('tidy', '.gitignore')).toContain('.env\n');
    expect(await read('tidy', '.env.example')).toContain('BAKEOFF_SECRET=whsec_...\n');
    for (const file of ['README.md', 'agent.ts']) expect(await read('tidy', file)).not.toContain('{{');
  });

  test.runIf(hasPython)('writes one in Python that passes its test, and is whole', async () => {
    const { code, out } = await ranCli('new', join(folder, 'porter'), '--language', 'python');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^ {2}npx --yes file:\S+agent-kit register$/m),
    });
    expect(out + (await read('porter', 'README.md'))).not.toMatch(/@bakeoff|\{\{/);
    const python = (...args: string[]) =>
      spawnSync('python3', ['-B', ...args], { cwd: join(folder, 'porter'), encoding: 'utf8' });
    expect(python('-m', 'unittest').stderr).toMatch(/Ran 3 tests[\s\S]*OK/);
    expect(python('-c', 'import agent')).toMatchObject({ status: 0, stderr: '' });
    expect((await lstat(join(folder, 'porter', 'verify.py'))).isFile()).toBe(true);
  });

  test('leaves a folder alone that holds something', async () => {
    await writeFile(join(folder, 'mine.txt'), '');
    const { code, err } = await ranCli('new', folder, '--name', 'abc');
    expect(code).toBe(2);
    expect(err).toMatch(/is not empty \(it holds .*\)\. Name a folder that is empty or not there yet\./);
    expect(await ranCli('new', join(folder, 'mine.txt', 'tidy'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('ENOTDIR'),
    });
  });

  test.each([
    [['42'], '"42" is no name for an agent'],
    [['x', '--name', ''], '"" is no name for an agent'],
    [['abc', '--language', 'cobol'], '--language takes typescript, python, not "cobol"'],
    [['abc', '--server', 'http://127.0.0.1:1'], 'The server at http://127.0.0.1:1 serves no kit'],
  ])('says in one line what is wrong with %j', async (args, message) => {
    expect(await ranCli('new', ...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});
