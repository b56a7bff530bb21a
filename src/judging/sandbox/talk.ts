import type { Cell, Said } from './cell.js';
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

/** Waits until processes have started, with nothing of a stranger's in them yet. @throws CannotRun */
export async function started(...cells: readonly Cell[]): Promise<void> {
  for (const cell of cells) {
    const problem = await notStarted(cell);
    if (problem !== undefined) throw new CannotRun(`no process could be started for it: ${problem}`);
  }
}

async function notStarted(cell: Cell): Promise<string | undefined> {
  const said = await cell.next(SANDBOX.startMs);
  if (said.kind === 'gone') return said.reason;
  const line = parsedLine(said.line);
  return line?.ready === true ? undefined : String(line?.failed ?? 'it said something else');
}

export type Answered = { readonly kind: 'reply'; readonly reply: Reply } | Extract<Said, { kind: 'gone' }>;

/** Asks the solution's process one thing. It can't ask back: what it is given holds no function. */
export async function asked(
  cell: Pick<Cell, 'send' | 'next' | 'kill'>,
  request: Request,
  ms: number,
): Promise<Answered> {
  cell.send(JSON.stringify(request));
  const said = await cell.next(ms);
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
  return line.a === q && [line.back, line.settled].every((list) => list === undefined || Array.isArray(list));
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
  ) {}

  /** The next line that the tests have for us. @param deadlineAt in ms of `performance.now()` */
  async next(deadlineAt: number): Promise<Said> {
    for (;;) {
      const isTests = this.open.length % 2 === 0;
      const [from, to] = isTests ? [this.tests, this.solution] : [this.solution, this.tests];
      const said = await from.next(deadlineAt - performance.now());
      if (said.kind === 'gone') return said;
      const line = parsedLine(said.line);
      if (isTests && line && 'event' in line) return said;
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
