import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServedBy } from './home.js';

/** The package's own folder. */
export const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));
const NAME = '@bakeoff/agent-kit';

/** How the command line is called in a folder that has the package. */
export const BY_NAME = `npx ${NAME}`;

/** What npm installs this copy of the kit from: where its server serves it, else the folder that it is. */
export function sourceOf(servedBy: ServedBy | null): string {
  return servedBy?.tarball ?? `file:${PACKAGE.replace(/\/$/, '')}`;
}

/**
 * How it is called in a folder that has none, such as an agent's in Python: by name npx would ask npm's registry, where the name is
 * nobody's of ours. `--yes`, since builders may be programs, which npx's question would stop.
 */
export function byAddress(source: string): string {
  return `npx --yes ${source}`;
}

/** How it is called in a folder, as every message says it. */
export function calledIn(folder: string, servedBy: ServedBy | null): string {
  return hasPackage(folder) ? BY_NAME : byAddress(sourceOf(servedBy));
}

/** As npx looks for it: in the nearest folder upwards that is a project. */
function hasPackage(folder: string): boolean {
  const isProject = existsSync(join(folder, 'package.json')) || existsSync(join(folder, 'node_modules'));
  if (isProject || dirname(folder) === folder) return existsSync(join(folder, 'node_modules', NAME));
  return hasPackage(dirname(folder));
}
