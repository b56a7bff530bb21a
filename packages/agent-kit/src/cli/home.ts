import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Io } from './command.js';
import { UsageError } from './command.js';
import { type Practice, practiceOf } from './practice.js';

/** What a server puts into the kit that it serves: `server.json` beside package.json. */
const ServedBy = z.object({ server: z.url(), tarball: z.url() });
export type ServedBy = z.infer<typeof ServedBy>;

/** Where this copy of the kit is at home. */
export interface Home {
  /** The server that served it; null inside the repository. */
  readonly servedBy: ServedBy | null;
  /** Tasks and judgements without a server, where the product itself is at hand. */
  readonly practice: Practice | null;
}

/** The kit as it was installed: it knows the server that it came from. */
export function installedHome(): Home {
  return { servedBy: servedBy(), practice: null };
}

function servedBy(): ServedBy | null {
  try {
    return ServedBy.parse(JSON.parse(readFileSync(new URL('../../server.json', import.meta.url), 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Who gives tasks and judges: the server of the option, of `BAKEOFF_SERVER`, or that the kit came from; else the product at
 * hand; else nobody.
 *
 * @throws UsageError no http(s) address
 */
export function practiceAt(given: string | undefined, { env }: Io, { servedBy, practice }: Home): Practice | null {
  const server = given ?? env.BAKEOFF_SERVER ?? (practice ? undefined : servedBy?.server);
  if (server === undefined) return practice;
  if (!URL.canParse(server) || !/^https?:/.test(server))
    throw new UsageError(`"${server.slice(0, 200)}" is no server's address; it looks like http://127.0.0.1:8080`);
  return practiceOf(server);
}
