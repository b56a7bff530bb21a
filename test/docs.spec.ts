import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SCHEMA } from '../src/migrations.js';
import { Settings } from '../src/platform/settings.js';
import { VERSION } from '../src/platform/version.js';
import { BLOCKER_CODES, CONSEQUENCE_CODES, WARNING_CODES } from '../src/registry/agent.schema.js';
import { startApp } from './support/app.js';
import { createDatabase } from './support/databases.js';
import { errorCodes, type KnownCode } from './support/error-codes.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGES = globSync(['*.md', 'docs/**/*.md', 'packages/agent-kit/*.md'], { cwd: ROOT });

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const json = (path: string) => JSON.parse(read(path));
/** The blocks of a page in one language; with `tested` those marked so. */
const blocks = (path: string, language: string, mark: '' | '<!-- tested -->\n' = '') =>
  [...read(path).matchAll(new RegExp(`${mark}\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map((match) => match[1] ?? '');
const withoutBlocks = (text: string) => text.replace(/^```.*?^```$/gms, '');

const run = promisify(execFile);
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
);
if (!hasCurl) console.log('skipped: the commands of the README, since there is no curl on the PATH');

describe('README', () => {
  test.skipIf(!hasCurl)(
    'shows a first call that answers what it says, and commands that work one after the other; so does the page on registering',
    async () => {
      const app = await startApp();
      const commands = ['README.md', 'docs/build-an-agent/registration.md']
        .flatMap((page) => blocks(page, 'sh', '<!-- tested -->\n'))
        .join('\n')
        .replaceAll('http://127.0.0.1:8080', app.url);
      // Each answer on a line of its own.
      const script = `set -e\nSERVER=${app.url}\ncurl() { command curl "$@"; echo; }\n${commands}`;
      const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };
      const { stdout } = await run('sh', ['-c', script], { env });
      const [wallet, task, events, ...registered] = stdout
        .trim()
        .split(/\n+/)
        .map((line) => JSON.parse(line));

      const [shown = ''] = blocks('README.md', 'json');
      expect(wallet).toMatchObject({ ok: true, data: JSON.parse(shown).data });
      expect(Object.keys(wallet.meta)).toEqual(Object.keys(JSON.parse(shown).meta));
      expect(task).toMatchObject({ ok: true, data: { status: 'open', budget: 100 } });
      expect(events.data[0]).toMatchObject({ type: 'task.open', task_id: task.data.id });
      const draft = (slug: string) => ({
        ok: true,
        data: { agent: { slug, visibility: 'draft' }, secret: expect.stringMatching(/^whsec_/) },
      });
      expect(registered).toMatchObject([draft('outliner'), draft('csv-porter')]);
    },
  );

  test('shows the sample agent as it is, in about 20 lines', () => {
    const sample = read('docs/contract/agent.ts');
    expect(blocks('README.md', 'ts')).toEqual([sample]);
    expect(sample.trim().split('\n').length).toBeLessThanOrEqual(22);
  });

  test('names scripts that there are', () => {
    const { scripts } = json('package.json');
    const named = PAGES.flatMap((page) => [...read(page).matchAll(/npm (?:run (?:-s )?([\w:]+)|(test|start)\b)/g)]);
    for (const [, script, short] of named) expect(Object.keys(scripts)).toContain(script ?? short);
  });
});

describe('the pages', () => {
  test.each(PAGES)('%s links to files and headings that are there', (page) => {
    for (const [, target = ''] of withoutBlocks(read(page)).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [path = '', heading] = target.split('#');
      const file = path === '' ? join(ROOT, page) : resolve(dirname(join(ROOT, page)), path);
      expect(existsSync(file), `${page} links to ${target}`).toBe(true);
      if (heading !== undefined)
        expect(headings(readFileSync(file, 'utf8')), `${page} links to ${target}`).toContain(heading);
    }
  });

  test('speak of settings, codes and variables that there are', () => {
    const codes = knownCodes().map(({ code }) => code);
    const others = [
      'BAKEOFF_POSTGRES_HOME',
      'BAKEOFF_SECRET',
      'BAKEOFF_KEY',
      'BAKEOFF_BUYER_KEY',
      'BAKEOFF_PASSWORD',
      'BAKEOFF_SERVER',
      'NODE_ENV',
      'NO_COLOR',
      'TEST_LOG_LEVEL',
    ];
    const words = [...BLOCKER_CODES, ...CONSEQUENCE_CODES, ...WARNING_CODES];
    const known = new Set<string>([...Object.keys(Settings.shape), ...codes, ...words, ...others]);
    for (const page of PAGES) {
      for (const [, name = ''] of read(page).matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`/g)) {
        expect(known.has(name), `${page} speaks of ${name}`).toBe(true);
      }
    }
  });

  test('docs/errors.md has every error code, with its kind and status', () => {
    const rows = [...read('docs/errors.md').matchAll(/^\| `([A-Z_]+)` \| ([a-z_, ]+) \| ([\d, ]+) \| \S/gm)];
    const listed = rows.map(([, code = '', kinds = '', statuses = '']) => [
      code,
      kinds.split(', ').sort(),
      statuses.split(', ').map(Number).sort(),
    ]);
    const actual = knownCodes().map(({ code, kinds, statuses }) => [code, [...kinds].sort(), [...statuses].sort()]);
    expect(Object.fromEntries(listed.map(([code, ...rest]) => [code, rest]))).toEqual(
      Object.fromEntries(actual.map(([code, ...rest]) => [code, rest])),
    );
    expect(listed).toHaveLength(actual.length);
  });

  test('docs/architecture.md names every queue', () => {
    for (const queue of SCHEMA.queues) expect(read('docs/architecture.md')).toContain(`\`${queue}\``);
  });

  test('docs/decisions/README.md lists every decision', () => {
    for (const path of globSync('docs/decisions/*.md', { cwd: ROOT })) {
      const name = path.split('/').at(-1) ?? '';
      if (name !== 'README.md') expect(read('docs/decisions/README.md')).toContain(`(${name})`);
    }
  });
});

describe('docs/operations.md', () => {
  test('names the metrics that there are', async () => {
    const app = await startApp();
    const { body } = await app.call('GET', '/metrics');
    const named = [...read('docs/operations.md').matchAll(/`(bakeoff_[a-z_]+)(?:\{([a-z,]+)\})?`/g)].map(
      ([, name]) => name,
    );
    const own = [...String(body).matchAll(/^# TYPE (bakeoff_(?!process_|nodejs_)[a-z_]+) /gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(own.sort());
  });

  test('brings a restored dump’s transaction ids past those in its rows', async () => {
    const db = await createDatabase();
    const owner = new pg.Client({ connectionString: db.ownerUrl });
    await owner.connect();
    onTestFinished(async () => {
      await owner.end();
      await db.drop();
    });
    await owner.query(
      `INSERT INTO events (xid, account_id, type, data, created_at)
       VALUES ((pg_current_xact_id()::text::bigint + 3000)::text::xid8, gen_random_uuid(), 'task.open', '{}', now())`,
    );
    const visible = () => db.query('SELECT FROM events WHERE xid < pg_snapshot_xmin(pg_current_snapshot())');
    expect(await visible()).toHaveLength(0);

    const [block = ''] = blocks('docs/operations.md', 'sql', '<!-- tested -->\n');
    const end = block.indexOf(';') + 1;
    for (const statement of [block.slice(0, end), block.slice(end)]) await owner.query(statement);

    // Other tests' open transactions, in the cluster that all share, may hold it back for a moment.
    await expect.poll(visible).toHaveLength(1);
  });
});

describe('the project', () => {
  test('has one version', () => {
    expect(json('package.json').version).toBe(VERSION);
    expect(json('packages/agent-kit/package.json').version).toBe(VERSION);
    expect(read('CHANGELOG.md')).toContain(`## ${VERSION} `);
  });

  test('is under the Apache License, as it says', () => {
    expect(json('package.json').license).toBe('Apache-2.0');
    expect(read('LICENSE')).toMatch(/Apache License\s+Version 2\.0.*Copyright \d{4} The Bakeoff authors/s);
  });

  test('says of each package that it needs what it is for', () => {
    const named = [...read('docs/decisions/dependencies.md').matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    const { dependencies, optionalDependencies, devDependencies } = json('package.json');
    expect(named.sort()).toEqual(Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies }).sort());
  });
});

let codes: KnownCode[] | undefined;
/** Reading them takes a compiler and seconds: once for all tests. */
function knownCodes(): KnownCode[] {
  codes ??= errorCodes(ROOT);
  return codes;
}

/** Anchors as GitHub makes them. */
function headings(text: string): string[] {
  const titles = [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.replace(/[`*]/g, ''));
  return titles.map((title) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
