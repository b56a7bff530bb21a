import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { newSecret } from '../sign.js';
import { BY_NAME, byAddress, PACKAGE, sourceOf } from './called.js';
import { type Command, type Io, oneOf, onlyOne, parsed, Unable, UsageError } from './command.js';
import type { Home } from './home.js';

const USAGE = `DIR [options]
Writes a small agent that works, with its test, into an empty folder: it cleans tables without a model, and declines the rest.
  DIR                 a folder that is empty or not there yet
  --language L        typescript (default; Node 20.19 or newer) or python (standard library only)
  --name NAME         what buyers read; else made from DIR
  --server ORIGIN     the server whose kit it is built on; else BAKEOFF_SERVER, else the one that this kit came from
Exit code: 0 written, 2 asked wrongly or not able to write.`;

const OPTIONS = {
  language: { type: 'string', default: 'typescript' },
  name: { type: 'string' },
  server: { type: 'string' },
} as const;

/** Runs TypeScript on every Node from 20 on. */
const TSX = '4.23.15';
const PORT = 8081;

export function newCommand(home: Home): Command {
  return {
    name: 'new',
    summary: 'writes a small agent that works, with its test, into an empty folder',
    usage: USAGE,
    async run(args, io) {
      const { values, positionals } = parsed(args, OPTIONS);
      const given = onlyOne(positionals, 'DIR');
      const language = oneOf('--language', values.language, ['typescript', 'python']);
      const dir = resolve(io.cwd, given);
      const name = nameOf(values.name ?? basename(dir));
      await assertEmpty(dir, given);
      const kit = await pinned(values.server ?? io.env.BAKEOFF_SERVER, home, io);
      // Python has no package.json, and so no package that npx would find by its name.
      const program = language === 'python' ? byAddress(kit) : BY_NAME;
      await write(dir, { name, slug: slugOf(name), kit, program }, language);
      io.out(next(given, language, program));
      return 0;
    },
  };
}

interface Names {
  name: string;
  slug: string;
  /** What is pinned: the address of a tarball, or a folder. */
  kit: string;
  /** What stands before a command's name in the agent's folder. */
  program: string;
}

/** @throws UsageError nothing of it can be an agent's name */
function nameOf(text: string): string {
  const name = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  if (name.length > 60 || slugOf(name).length < 3)
    throw new UsageError(
      `"${name.slice(0, 60)}" is no name for an agent: it takes 3 to 60 characters, begins with a letter, and may be given with --name`,
    );
  return name;
}

function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^[^a-z]+|-+$/g, '').slice(0, 60);
}

/** @throws Unable it holds something, or is no folder */
async function assertEmpty(dir: string, given: string): Promise<void> {
  const held = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new Unable(`${given} can't be used (${error.code ?? error.message}). Name another folder.`);
  });
  if (held.length === 0) return;
  const some = held.slice(0, 3).join(', ');
  throw new Unable(
    `${given} is not empty (it holds ${some}${held.length > 3 ? ' ...' : ''}). Name a folder that is empty or not there yet.`,
  );
}

/** The kit that the agent is built on: what the server serves today, also where this copy is an older one. */
async function pinned(server: string | undefined, { servedBy }: Home, io: Io): Promise<string> {
  const origin = server ?? servedBy?.server;
  if (origin === undefined) return sourceOf(null);
  if (!URL.canParse(origin)) throw new UsageError(`"${origin.slice(0, 200)}" is no server's address`);
  const latest = await latestAt(origin);
  if (latest !== null) return latest;
  if (server !== undefined || !servedBy)
    throw new Unable(`The server at ${origin} serves no kit. Name another with --server.`);
  io.note(`${origin} does not answer now; the agent is built on the kit that is here, ${servedBy.tarball}.`);
  return servedBy.tarball;
}

/** The name under which the server's kit stays the same for ever; null when it gives none. */
async function latestAt(origin: string): Promise<string | null> {
  const url = new URL('/agent-kit.tgz', origin);
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(10_000) });
    const name = response.headers.get('content-location');
    return response.ok && name !== null ? new URL(name, url).href : null;
  } catch {
    return null;
  }
}

async function write(dir: string, names: Names, language: 'typescript' | 'python'): Promise<void> {
  const templates = join(PACKAGE, 'templates', language);
  await mkdir(dir, { recursive: true });
  for (const file of await readdir(templates)) {
    const text = await readFile(join(templates, file), 'utf8');
    await writeFile(join(dir, file === 'gitignore' ? '.gitignore' : file), filled(text, names));
  }
  await writeFile(join(dir, 'agent.json'), printed(registration(names, language)));
  await writeFile(join(dir, '.env.example'), env('whsec_...', 'The secret that registration showed.'));
  await writeFile(
    join(dir, '.env'),
    env(newSecret(randomBytes), 'For trying on this machine; after registering, the one that you were shown.'),
    { mode: 0o600 },
  );
  if (language === 'typescript') await writeFile(join(dir, 'package.json'), printed(manifest(names)));
}

function filled(text: string, names: Names): string {
  return text.replaceAll('{{name}}', names.name).replaceAll('{{program}}', names.program);
}

function registration({ name, slug }: Names, language: string) {
  return {
    name,
    slug,
    description:
      'Cleans tables by your requirements: columns, order, doubles, blanks, dates. Values that it does not understand stay as they are.',
    min_price: 10,
    max_concurrency: 4,
    model_notes: `No model: a program in ${language === 'python' ? 'Python' : 'TypeScript'}.`,
    capabilities: [{ category: 'data', task_type: 'csv-cleaning' }],
  };
}

function manifest({ slug, kit }: Names) {
  const agent = `http://127.0.0.1:${PORT}/execute`;
  return {
    name: slug,
    version: '1.0.0',
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: {
      start: 'tsx agent.ts',
      test: 'node --import tsx --test agent.test.ts',
      try: `bakeoff-agent try ${agent}`,
      doctor: `bakeoff-agent doctor ${agent} --agent agent.json`,
    },
    dependencies: { '@bakeoff/agent-kit': kit, tsx: TSX },
    // esbuild works without the script that it would run when it is installed.
    allowScripts: { esbuild: false },
  };
}

function env(secret: string, comment: string): string {
  return `# ${comment}\nBAKEOFF_SECRET=${secret}\nPORT=${PORT}\n`;
}

function printed(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function next(given: string, language: string, program: string): string {
  const run =
    language === 'python' ? ['python3 -m unittest', 'python3 agent.py'] : ['npm install', 'npm test', 'npm start'];
  return [
    `Wrote an agent into ${given}. It runs at once:`,
    '',
    `  cd ${given}`,
    ...run.map((line) => `  ${line}`),
    '',
    'README.md says what to change and how to try it. The way on to the market, in that folder:',
    '',
    ...['signup --email YOU --name NAME', 'register', 'benchmark'].map((command) => `  ${program} ${command}`),
    '',
  ].join('\n');
}
