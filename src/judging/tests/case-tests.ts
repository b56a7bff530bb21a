import { Cell, type Launch } from '../sandbox/cell.js';
import { FairTime } from '../sandbox/fair-time.js';
import type { Wire } from '../sandbox/guest/wire.js';
import { type Patience, SANDBOX } from '../sandbox/limits.js';
import { reported, type TestReport, type TestResult } from '../sandbox/report.js';
import { type Answered, ableLine, asked, parsedLine, started } from '../sandbox/talk.js';
import { argument, isSame, shownWire, thrownOf } from './expected.js';
import type { TestCase } from './tests.schema.js';

/** How patterns of buyers are tried: under a time limit. */
export type MatchText = (pattern: string, text: string) => Promise<boolean | undefined>;

export interface CaseRun {
  readonly launch: Launch;
  readonly solution: object;
  readonly cases: readonly TestCase[];
  readonly matches: MatchText;
  readonly patience: Patience;
}

/**
 * Calls the solution with each case's arguments and compares what it gave here, in this process: what is expected never
 * leaves it. A solution that ends itself, or takes too long, fails that case and is started anew for the others.
 */
export async function runCaseTests(run: CaseRun): Promise<TestReport> {
  let leftMs = run.patience.suiteMs;
  const results: TestResult[] = [];
  for (let attempt = 0; results.length < run.cases.length; attempt++) {
    const { problem, tookMs } = await attempted(run, results, leftMs);
    leftMs -= tookMs;
    if (problem === undefined) continue;
    if (attempt < SANDBOX.restarts && leftMs > 0 && results.length > 0) continue;
    for (let at = results.length; at < run.cases.length; at++)
      results.push({
        name: nameOf(run.cases[at], at),
        ok: false,
        detail: results.length === 0 ? problem : `not reached: ${problem}`,
      });
  }
  return reported(results);
}

/** @returns why the rest was not reached, where it was not, and the time that it took without starting the process */
async function attempted(
  run: CaseRun,
  results: TestResult[],
  leftMs: number,
): Promise<{ problem: string | undefined; tookMs: number }> {
  const cell = new Cell(run.launch);
  try {
    const slow = await started(cell);
    const time = new FairTime([cell.pid]);
    const within = () => Math.min(run.patience.testMs * slow, leftMs * slow - time.now());
    const problem = await called(run, results, cell, { within, time });
    time.look();
    return { problem, tookMs: time.now() / slow };
  } finally {
    cell.kill('its tests are over');
    await cell.ended;
  }
}

/** What is left for the next answer, in ms of the run's time. */
interface Limit {
  readonly within: () => number;
  readonly time: FairTime;
}

async function called(run: CaseRun, results: TestResult[], cell: Cell, limit: Limit): Promise<string | undefined> {
  cell.send(JSON.stringify(run.solution));
  const said = await cell.next(limit.within(), limit.time);
  const loaded = said.kind === 'line' ? ableLine(said.line) : undefined;
  const offer = offerOf(loaded);
  if (!offer) return said.kind === 'gone' ? said.reason : `it can't be loaded: ${String(loaded?.failed)}`;
  const solution = new Solution(cell, offer, limit);
  for (const given of run.cases.slice(results.length)) {
    const answered = await solution.call(given);
    const detail = answered.kind === 'gone' ? answered.reason : await judged(given, answered.reply, run.matches);
    results.push({ name: nameOf(given, results.length), ok: detail === '', detail });
    if (answered.kind === 'gone') return answered.reason;
  }
  return undefined;
}

interface Offer {
  readonly names: Readonly<Record<string, Wire>>;
  readonly main: Wire;
}

function offerOf(line: Readonly<Record<string, unknown>> | undefined): Offer | undefined {
  const loaded = line?.loaded;
  const offer = typeof loaded === 'string' ? parsedLine(loaded) : undefined;
  if (typeof offer?.names !== 'object' || offer.names === null) return undefined;
  return { names: offer.names as Record<string, Wire>, main: (offer.main ?? null) as Wire };
}

/** The process that holds a solution, asked as cases need it. */
class Solution {
  private q = 0;
  private ids = 0;

  constructor(
    private readonly cell: Cell,
    private readonly offer: Offer,
    private readonly limit: Limit,
  ) {}

  async call({ call, args }: TestCase): Promise<Answered> {
    const found = await this.named(call);
    if (found.kind === 'gone') return found;
    const on = found.reply.value;
    if (found.reply.error !== undefined || !Array.isArray(on) || on[0] !== 'h')
      return this.noSuch(call === undefined ? 'there is no function' : `there is no function ${call}`);
    const next = () => ++this.ids;
    const wires = args.map((each) => argument(each, next));
    return this.settled(await this.ask({ op: 'apply', on, args: wires, self: ['u'] }));
  }

  /** `add`, `Solution.add`, or `add` of a class Solution. */
  private async named(call: string | undefined): Promise<Answered> {
    const { names, main } = this.offer;
    if (call === undefined) return this.value(main);
    const own = Object.hasOwn(names, call) ? names[call] : undefined;
    if (own !== undefined) return this.value(own);
    const [owner = '', method = ''] = call.includes('.') ? call.split('.') : ['Solution', call];
    const on = Object.hasOwn(names, owner) ? names[owner] : undefined;
    if (on === undefined) return this.noSuch(`there is no function ${call}`);
    const found = await this.ask({ op: 'method', on, key: method });
    return found;
  }

  private noSuch(problem: string): Answered {
    return { kind: 'reply', reply: { a: 0, error: ['o', 's', 'error', ['Error', 'Missing', problem]] } };
  }

  private value(value: Wire): Answered {
    return { kind: 'reply', reply: { a: 0, value } };
  }

  private async ask(request: {
    op: string;
    on?: Wire;
    key?: Wire;
    args?: Wire[];
    self?: Wire;
    ms?: null;
  }): Promise<Answered> {
    return asked(this.cell, { q: ++this.q, ...request }, this.limit.within(), this.limit.time);
  }

  /** Waits for a promise, and takes what an iterator gives. */
  private async settled(answered: Answered): Promise<Answered> {
    if (answered.kind === 'gone' || !Array.isArray(answered.reply.value)) return answered;
    const [tag, id, kind] = answered.reply.value;
    if (tag !== 'h') return answered;
    if (kind === 'iterator' || kind === 'awaitable')
      return this.ask({ op: 'do', key: kind === 'iterator' ? 'list' : 'await', args: [['r', id ?? null]] });
    if (kind !== 'promise') return answered;
    let waited: Answered = answered;
    for (let asks = 0; asks < 1_000; asks++) {
      if (waited.kind === 'gone') return waited;
      const settled = (waited.reply.settled ?? []).find((each) => Array.isArray(each) && each[0] === id);
      if (Array.isArray(settled))
        return { kind: 'reply', reply: { a: 0, [settled[1] === 'yes' ? 'value' : 'error']: settled[2] ?? null } };
      if (waited.reply.stalled === true) break;
      waited = await this.ask({ op: 'idle', ms: null });
    }
    return this.noSuch('what it promised never comes');
  }
}

/** What is wrong with an answer; nothing when it is right. */
async function judged(given: TestCase, reply: { value?: Wire; error?: Wire }, matches: MatchText): Promise<string> {
  if (reply.error !== undefined) {
    const { name, message } = thrownOf(reply.error);
    const isMeant =
      name !== 'Missing' &&
      (given.throws === true ||
        (given.throws !== undefined && (name === given.throws || message.includes(given.throws))));
    return isMeant ? '' : `threw ${name}: ${message}`;
  }
  const got = reply.value ?? null;
  if (given.throws !== undefined) return `gave ${shownWire(got)}, and should have thrown`;
  if (given.matches !== undefined) {
    if (typeof got !== 'string') return `gave ${shownWire(got)}, which is no text`;
    return (await matches(given.matches, got)) ? '' : `gave ${shownWire(got)}, which does not match`;
  }
  return isSame(got, given.equals, given.within)
    ? ''
    : `gave ${shownWire(got)}, expected ${JSON.stringify(given.equals)}`;
}

function nameOf(given: TestCase | undefined, at: number): string {
  if (given?.name !== undefined) return given.name;
  const args = (given?.args ?? []).map((each) => JSON.stringify(each)).join(', ');
  return `${at + 1}: ${given?.call ?? ''}(${args})`.slice(0, 200).toWellFormed();
}
