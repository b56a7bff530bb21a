import type { Cell, Said } from './cell.js';
import type { FairTime } from './fair-time.js';
import type { Reply, Request } from './guest/wire.js';
import { SANDBOX } from './limits.js';

/** A line of a process as what it should be; undefined where it is anything else. */
export function parsedLine(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** A process of ours did not start: nothing was tried, and no work is to blame. */
export class CannotRun extends Error {}

/** A process of ours is there after so many ms on a machine that has nothing else to do. */
const USUAL_START_MS = 250;
const MOST_PATIENCE = 4;

/**
 * Waits until processes have started, with nothing of a stranger's in them yet.
 *
 * @returns how many times as long as usual anything takes now, 1 to 4: on a machine that is busy a limit of time would else be the
 * work's fault
 * @throws CannotRun
 */
export async function started(...cells: readonly Cell[]): Promise<number> {
  const from = performance.now();
  for (const cell of cells) {
    const problem = await notStarted(cell);
    if (problem !== undefined) throw new CannotRun(`no process could be started for it: ${problem}`);
  }
  return Math.min(MOST_PATIENCE, Math.max(1, (performance.now() - from) / USUAL_START_MS));
}

async function notStarted(cell: Cell): Promise<string | undefined> {
  const said = await cell.next(SANDBOX.startMs);
  if (said.kind === 'gone') return said.reason;
  const line = parsedLine(said.line);
  return line?.ready === true ? undefined : String(line?.failed ?? 'it said something else');
}

/**
 * The first line of a process once it has its job: of a solution what it offers.
 *
 * @throws CannotRun it says that our own part of it could not start
 */
export function ableLine(line: string): Readonly<Record<string, unknown>> | undefined {
  const said = parsedLine(line);
  if (typeof said?.unable === 'string') throw new CannotRun(`no process could be started for it: ${said.unable}`);
  return said;
}

export type Answered = { readonly kind: 'reply'; readonly reply: Reply } | Extract<Said, { kind: 'gone' }>;

/** Asks the solution's process one thing. It can't ask back: what it is given holds no function. */
export async function asked(
  cell: Pick<Cell, 'send' | 'next' | 'kill'>,
  request: Request,
  ms: number,
  time?: FairTime,
): Promise<Answered> {
  cell.send(JSON.stringify(request));
  const said = await cell.next(ms, time);
  if (said.kind === 'gone') return said;
  const reply = parsedLine(said.line);
  if (!reply || !isReply(reply, request)) {
    cell.kill('it did not answer what it was asked');
    return { kind: 'gone', reason: 'it did not answer what it was asked' };
  }
  return { kind: 'reply', reply };
}

/** Any JSON may stand for a value; what is a list in an answer must be one, whoever wrote it. */
function isReply(
  line: Readonly<Record<string, unknown>>,
  { q }: Request,
): line is Readonly<Record<string, unknown>> & Reply {
  return (
    line.a === q &&
    [line.back, line.settled].every((list) => list === undefined || list === null || Array.isArray(list))
  );
}

/**
 * Carries questions and answers between the process of the tests and the process of the solution. Only the side whose
 * turn it is is heard, and an answer must be to the question last asked; so a solution can answer, and nothing else.
 */
export class Relay {
  private readonly open: { readonly by: 'tests' | 'solution'; readonly q: unknown }[] = [];
  /** Questions of the tests that the solution answered. */
  answered = 0;

  constructor(
    private readonly tests: Cell,
    private readonly solution: Cell,
    private readonly time: FairTime,
  ) {}

  /** The next line that the tests have for us. @param deadlineAt in ms of the run's time */
  async next(deadlineAt: number): Promise<Said> {
    for (;;) {
      const isTests = this.open.length % 2 === 0;
      const [from, to] = isTests ? [this.tests, this.solution] : [this.solution, this.tests];
      const said = await from.next(deadlineAt - this.time.now(), this.time);
      if (said.kind === 'gone') return said;
      const line = parsedLine(said.line);
      if (isTests && line && 'event' in line) return said;
      if (isTests && this.answered === 0 && this.open.length === 0) ableLine(said.line);
      const problem = this.step(isTests ? 'tests' : 'solution', line);
      if (problem) return { kind: 'gone', reason: problem };
      to.send(said.line);
    }
  }

  private step(by: 'tests' | 'solution', line: Readonly<Record<string, unknown>> | undefined): string | undefined {
    const last = this.open.at(-1);
    if (line && 'q' in line && !('a' in line)) {
      if (this.open.length >= SANDBOX.nesting) return 'callbacks are nested too deeply';
      this.open.push({ by, q: line.q });
      return undefined;
    }
    if (!line || !last || last.by === by || line.a !== last.q) return 'it did not answer what it was asked';
    this.open.pop();
    if (by === 'solution') this.answered++;
    return undefined;
  }
}
