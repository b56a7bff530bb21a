import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
/** A run needs a tenth of that. */
const ENOUGH_BYTES = 2 ** 30;

/**
 * Where PostgreSQL's test folders lie. A database is a thousand files, which are made and deleted for nearly every test: in memory that
 * costs a sixth of the processor time that a disk takes for it. Containers often have little there, other systems have none.
 */
export const POSTGRES_TMP = hasRoom(MEMORY) ? MEMORY : tmpdir();

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}
