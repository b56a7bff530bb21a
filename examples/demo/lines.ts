import type { Paint } from './paint.ts';
import { counted, cut, listed, padded, paddedLeft, points, seconds, shown, widthOf, wrapped } from './text.ts';
import type { BenchmarkRun, Bid, Criterion, Interval, Judgement, Triage } from './views.ts';

/** What the demo says about agents and bids. Pure: values in, lines out. */

export interface Page {
  paint: Paint;
  /** Columns. */
  width: number;
}

const TURNS = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

export function turning(tick: number): string {
  return TURNS[tick % TURNS.length] ?? '';
}

/** A heading with an empty line above it. */
export function heading(title: string, { paint }: Page, aside = ''): string[] {
  return ['', `${paint.bold(paint.cyan(title))}${aside ? `  ${paint.dim(aside)}` : ''}`];
}

export function widest(names: readonly string[]): number {
  return Math.max(0, ...names.map(widthOf));
}

export interface AgentState {
  name: string;
  stage: string;
  run: BenchmarkRun | null;
  /** Why it is not live. */
  problem: string | null;
}

/** One agent on its way to the market. */
export function agentLine(
  { name, stage, run, problem }: AgentState,
  nameWidth: number,
  tick: number | null,
  { paint, width }: Page,
): string {
  const label = paint.bold(padded(name, nameWidth));
  if (stage === 'live') return `  ${paint.green('✓')} ${label}  live: ${run ? benchmarkText(run) : ''}`;
  if (stage === 'not live')
    return `  ${paint.red('✗')} ${label}  ${cut(shown(problem ?? 'is not live'), Math.max(20, width - nameWidth - 6))}`;
  return `  ${paint.yellow(tick === null ? '·' : turning(tick))} ${label}  ${paint.dim(`${stage} ...`)}`;
}

function benchmarkText({ cases }: BenchmarkRun): string {
  const passed = cases.filter(({ result }) => result === 'passed');
  const shownCases = passed.slice(0, 4).map(({ task_type, decided_score, took_ms }) => {
    return `${task_type} ${Number((decided_score ?? 0).toFixed(1))}${took_ms === null ? '' : ` in ${seconds(took_ms)}`}`;
  });
  const more = passed.length > 4 ? ` and ${passed.length - 4} more` : '';
  return `benchmark ${shownCases.join(', ') || 'not passed'}${more}`;
}

/** Who is called and why, and why the others are not. */
export function triageLines({ chosen, candidates, left_out }: Triage, { paint, width }: Page): string[] {
  const others = candidates.filter(({ called }) => !called);
  const names = widest([...chosen, ...others].map(({ agent }) => agent.name));
  const row = (mark: string, name: string, why: string) => {
    const lead = 4 + names + 2;
    const [first = '', ...rest] = wrapped(shown(why), width - lead);
    return [
      `  ${mark} ${paint.bold(padded(shown(name), names))}  ${paint.dim(first)}`,
      ...rest.map((line) => paint.dim(' '.repeat(lead) + line)),
    ];
  };
  const left = left_out.map(({ agents, meaning }) => `${meaning} (${agents})`);
  return [
    ...chosen.flatMap(({ agent, why }) => row(paint.green('→'), agent.name, why.replace(/^Called: /, ''))),
    ...others.flatMap(({ agent, why }) => row(paint.dim('-'), agent.name, why)),
    ...(left.length > 0
      ? wrapped(`Left out: agents that ${listed(left)}.`, width - 2).map((line) => paint.dim(`  ${line}`))
      : []),
  ];
}

export interface Bidder {
  name: string;
  /** `called` until there is an answer, or none. */
  status: string;
  /** Since it was called, until its answer was kept. */
  ms: number;
  reason: string | null;
}

const FATES: Readonly<Record<string, string>> = {
  received: 'answered after',
  invalid: 'sent no valid bid after',
  declined: 'declined after',
  failed: 'failed after',
  late: 'was late after',
  not_called: 'could not be called by us',
  cancelled: 'was called off after',
};

/** One bidder while the contest runs, and what came of it. */
export function bidderLine(
  { name, status, ms, reason }: Bidder,
  nameWidth: number,
  tick: number | null,
  { paint }: Page,
): string {
  const label = paint.bold(padded(shown(name), nameWidth));
  if (status === 'called') {
    const mark = paint.yellow(tick === null ? '·' : turning(tick));
    return `  ${mark} ${label}  ${paint.dim(tick === null ? 'is called' : `working ${seconds(ms)}`)}`;
  }
  const mark = status === 'received' ? paint.green('✓') : paint.red('✗');
  const after = status === 'not_called' ? '' : ` ${seconds(ms)}`;
  return `  ${mark} ${label}  ${FATES[status] ?? status}${after}${reason ? paint.dim(`: ${cut(shown(reason), 120)}`) : ''}`;
}

const BAR = 20;

/** An interval as a bar: full is certain, shaded is open. */
export function bar({ low, high }: Interval, { paint }: Pick<Page, 'paint'>): string {
  const sure = Math.round((low / 100) * BAR);
  const open = Math.max(0, Math.round((high / 100) * BAR) - sure);
  return paint.green('█'.repeat(sure)) + paint.yellow('▒'.repeat(open)) + paint.dim('░'.repeat(BAR - sure - open));
}

const MARKS = { yes: '✓', no: '✗', unknown: '?' } as const;

/** A presented bid: place, score, price, time, what each dimension got, and the evidence that weighs most. */
export function bidLines(bid: Bid, place: number, nameWidth: number, page: Page): string[] {
  const { paint, width } = page;
  const { judgement } = bid;
  const score = judgement ? `${bar(judgement.total, page)} ${padded(points(judgement.total), 9)}` : '';
  const price = paddedLeft(counted(bid.price ?? 0, 'credit'), 11);
  const took = bid.took_ms === null ? '' : `  ${seconds(bid.took_ms)}`;
  const lines = [
    `  ${place}. ${paint.bold(padded(shown(bid.agent.name), nameWidth))}  ${score} ${price}${paint.dim(took)}`,
  ];
  if (bid.summary) lines.push(...wrapped(`"${cut(shown(bid.summary), 200)}"`, width - 5).map((line) => `     ${line}`));
  if (!judgement) return lines;
  const dimensions = judgement.dimensions.map(({ name, low, high }) => `${name} ${points({ low, high })}`).join('  ');
  lines.push(`     ${paint.dim(cut(dimensions, width - 5))}`);
  lines.push(...judgement.gates.map((gate) => `     ${gateText(gate, page)}`));
  for (const criterion of telling(judgement, place === 1 ? 4 : 3)) lines.push(`     ${criterionText(criterion, page)}`);
  return lines;
}

function gateText({ key, evidence, cap }: Judgement['gates'][number], { paint, width }: Page): string {
  const limit = cap === null ? '' : ` (no more than ${cap} points)`;
  const text = cut(`${shown(key).replaceAll('_', ' ')}${limit}: ${shown(evidence)}`, width - 7);
  return `${cap === null ? paint.yellow('!') : paint.red('!')} ${text}`;
}

function criterionText({ met, question, evidence }: Criterion, { paint, width }: Page): string {
  const mark =
    met === 'yes' ? paint.green(MARKS.yes) : met === 'no' ? paint.red(MARKS.no) : paint.yellow(MARKS.unknown);
  const room = width - 8;
  const asked = cut(shown(question), room - Math.min(widthOf(shown(evidence)), Math.floor(room * 0.45)));
  return `${mark} ${asked} ${paint.dim(cut(shown(evidence), room - widthOf(asked)))}`;
}

/** The criteria that say most about a score: what was missed first, then what was met, each by the points at stake. */
export function telling({ criteria, dimensions }: Judgement, most: number): Criterion[] {
  const share = new Map(dimensions.map(({ key, weight }) => [key, weight * 100]));
  const atStake = ({ dimension, weight }: Criterion) =>
    dimension === null ? weight : weight * (share.get(dimension) ?? 0);
  const heaviest = (met: Criterion['met']) =>
    criteria.filter((one) => one.met === met && one.source !== 'gate').sort((a, b) => atStake(b) - atStake(a));
  return [...heaviest('no'), ...heaviest('yes'), ...heaviest('unknown')].slice(0, most);
}
