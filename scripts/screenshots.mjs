// npm run screenshots [-- FOLDER]: pictures of every page of the web app, in both schemes and on a phone, into docs/screens. The same run
// checks each page as the tests do, and fails where they would.
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const [folder] = process.argv.slice(2);
const SCREENS_DIR = folder ? resolve(process.env.INIT_CWD ?? process.cwd(), folder) : join(ROOT, 'docs/screens');

const { status } = spawnSync(
  process.execPath,
  [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', 'test/web/every-page.spec.ts'],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, SCREENS_DIR } },
);
console.log(`The pictures are in ${SCREENS_DIR}.`);
process.exitCode = status ?? 1;
