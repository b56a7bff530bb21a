import { readFileSync } from 'node:fs';

/** What counts at least of the time that goes by: a run ends, whatever the machine does. */
const LEAST_SHARE = 1 / 20;
/** A sandbox is a few processes inside of each other. */
const DEPTH = 4;

/**
 * The time of a run of tests, in ms, without what its processes waited for a processor: on a machine that is busy with other things a
 * limit would else be the work's fault. Linux tells how long that was; elsewhere it is the time that went by.
 */
export class FairTime {
  private readonly startedAt = performance.now();
  private readonly before: number;
  private waited = 0;

  /** @param pids the processes of the run; this one, which carries what they say, counts too */
  constructor(private readonly pids: readonly number[]) {
    this.before = this.told();
  }

  /** Since it was made, by what was known when it was last looked at: a look may set it back. */
  now(): number {
    const gone = performance.now() - this.startedAt;
    return Math.max(gone - this.waited, gone * LEAST_SHARE);
  }

  look(): void {
    this.waited = Math.max(this.waited, this.told() - this.before);
  }

  private told(): number {
    return [process.pid, ...this.pids.flatMap((pid) => family(pid))].reduce((sum, pid) => sum + waitedMs(pid), 0);
  }
}

/** How long the first thread of a process stood ready and had no processor. 0 where nobody tells, or the process is gone. */
function waitedMs(pid: number): number {
  const [, waitedNs] = read(`/proc/${pid}/schedstat`).split(' ');
  return Number(waitedNs ?? 0) / 1e6;
}

function family(pid: number, depth = DEPTH): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return [pid, ...(depth > 0 ? children.flatMap((child) => family(Number(child), depth - 1)) : [])];
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
