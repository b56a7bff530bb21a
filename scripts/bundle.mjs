// After the build: its programs, each with all that it imports, in a few files. Node reads those in half the time of two thousand.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const DIST = join(ROOT, 'dist');
const BUNDLE = join(DIST, 'bundle');
const MEASURES = ['rank', 'world', 'rules', 'pairs', 'tests', 'panel', 'judge'].map((name) => `measure/${name}`);
const PROGRAMS = ['main', 'admin', 'agent-cli', ...MEASURES];
/**
 * Stays where npm put it: native code, what serves files of its own, what TypeORM asks for by a name made up at run time, and what has
 * to be there before any class is decorated (inside of a bundle it would run after the modules that need it).
 */
const LEFT_OUT = [/^sharp$/, /^swagger-ui-dist/, /^pg$/, /^reflect-metadata$/];
const PACKAGE = /node_modules/;
const PACKAGES = 'packages';

/** Our own modules find the files beside them as before, and errors name their source. */
const ours = {
  name: 'ours',
  load: {
    filter: { id: { include: /\.js$/, exclude: PACKAGE } },
    handler(id) {
      const place = JSON.stringify(relative(BUNDLE, id));
      const code = readFileSync(id, 'utf8').replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`);
      return { code, map: readFileSync(`${id}.map`, 'utf8') };
    },
  },
};

const bundle = await rolldown({
  input: Object.fromEntries(PROGRAMS.map((name) => [name.replace('/', '-'), join(DIST, `${name}.js`)])),
  platform: 'node',
  external: LEFT_OUT,
  plugins: [ours],
  onLog() {}, // about the packages' ways; of ours the compiler has spoken
});
const { output } = await bundle.generate({
  dir: BUNDLE,
  chunkFileNames: '[name].js',
  // What is loaded later stays apart; what the packages are is no part of an error's way, so their maps are not kept.
  codeSplitting: { groups: [{ name: PACKAGES, test: PACKAGE, entriesAware: true }] },
  keepNames: true,
  comments: false,
  sourcemap: true,
});
rmSync(BUNDLE, { recursive: true, force: true });
mkdirSync(BUNDLE, { recursive: true });
for (const each of output) {
  const isPackages = each.fileName.startsWith(PACKAGES);
  if (each.type === 'chunk') writeFileSync(join(BUNDLE, each.fileName), isPackages ? unmapped(each.code) : each.code);
  else if (!isPackages) writeFileSync(join(BUNDLE, each.fileName), each.source);
}

function unmapped(code) {
  return code.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n');
}
