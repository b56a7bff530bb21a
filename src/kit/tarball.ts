import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { z } from 'zod';

/** The kit as it is served. */
export interface Tarball {
  /** `/agent-kit-0.1.0-1a2b3c4d.tgz`: other bytes have another name. */
  readonly path: string;
  readonly bytes: Buffer;
}

interface PackedFile {
  /** With `/` between folders. */
  readonly path: string;
  readonly bytes: Buffer;
}

const PACKAGE = fileURLToPath(new URL('..', import.meta.resolve('@bakeoff/agent-kit')));
const DOCS = join(PACKAGE, '../../docs');
/** Of the package; what a name does not match stays out. */
const FOLDERS = ['dist', 'templates'];
const LEFT_OUT = /\.map$|\.spec\.|\.pyc$/;

const Manifest = z.looseObject({ version: z.string() });

/**
 * Packs the kit for npm, with the server's own origin in `server.json`, and the pages that its commands refer to. The same
 * kit and origin give the same bytes.
 *
 * @param origin such as `https://bakeoff.example`
 */
export async function packed(origin: string): Promise<Tarball> {
  const { scripts: _, ...manifest } = Manifest.parse(JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')));
  const folders = await Promise.all(FOLDERS.map((folder) => filesIn(join(PACKAGE, folder), folder)));
  const pages = await filesIn(DOCS, 'docs', /^docs\/(?:contract\.md|contract\/[^/]+|build-an-agent\/.+)$/);
  const readme = { path: 'README.md', bytes: await readFile(join(PACKAGE, 'README.md')) };
  const files = [readme, ...folders.flat(), ...pages, jsonFile('package.json', manifest)];
  const name = `/agent-kit-${manifest.version}-${fingerprint(origin, files)}.tgz`;
  const server = jsonFile('server.json', { server: origin, tarball: `${origin}${name}` });
  const inPackage = [...files, server].map(({ path, bytes }) => ({ path: `package/${path}`, bytes }));
  return { path: name, bytes: gzipSync(await archive(inPackage), { level: 9 }) };
}

/** Also what is linked from elsewhere in the repository, as the file that it is there. */
async function filesIn(folder: string, name: string, wanted = /./): Promise<PackedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory() && !LEFT_OUT.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => wanted.test(`${name}/${path}`))
    .sort();
  return Promise.all(
    paths.map(async (path) => ({ path: `${name}/${path}`, bytes: await readFile(join(folder, path)) })),
  );
}

/** Times, owners and modes are the same for every file, so that the same files give the same bytes. */
function archive(files: readonly PackedFile[]): Promise<Buffer> {
  const packing = pack();
  for (const { path, bytes } of files)
    packing.entry({ name: path, mode: 0o644, uid: 0, gid: 0, mtime: new Date(0) }, bytes);
  packing.finalize();
  return buffer(packing);
}

function jsonFile(path: string, value: unknown): PackedFile {
  return { path, bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`) };
}

/** 8 hexadecimal digits of everything that is packed. */
function fingerprint(origin: string, files: readonly PackedFile[]): string {
  const hash = createHash('sha256').update(origin);
  for (const { path, bytes } of files) hash.update(`\n${path} ${bytes.byteLength}\n`).update(bytes);
  return hash.digest('hex').slice(0, 8);
}
