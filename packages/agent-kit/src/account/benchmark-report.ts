import { seconds } from '../caller/exchange.js';
import { plain } from '../caller/seen.js';
import type { Io } from '../cli/command.js';
import { type Paint, paints } from '../cli/paint.js';
import type { Agent, Case, Run } from './views.js';

const LOOKS = { passed: 'pass', failed: 'fail', undecidable: 'warn', pending: 'faint', our_fault: 'warn' } as const;

/** How many of its missed facts and criteria a case shows; --json has them all. */
const MOST = 6;

/** One case: its result, and of one that did not pass what was seen. */
export function caseLines(one: Case, paint: Paint): string[] {
  const { task_type, level, result, took_ms, decided_score, answer_score } = one;
  const look = paint[LOOKS[result as keyof typeof LOOKS] ?? 'warn'];
  const marks = [
    decided_score === null ? null : `score ${decided_score}`,
    answer_score === null ? null : `facts ${answer_score} %`,
    took_ms === null ? null : `in ${seconds(took_ms)}`,
  ].filter((mark) => mark !== null);
  const head = `${look(result.padEnd(11))} ${plain(task_type, 80)} ${level.padEnd(7)} ${marks.join(', ')}`;
  return result === 'passed' ? [head] : [head, ...evidence(one)];
}

function evidence({ reason, gates, answer, dimensions, would_have_passed: steps, call_id }: Case): string[] {
  const missed = answer.filter(({ met }) => met === 'no').map(({ asks, evidence }) => `${asks} No: ${evidence}`);
  const feedback = dimensions.flatMap(({ name, feedback }) => feedback.map((text) => `${name}: ${text}`));
  const changes = steps.map(({ ask, seen, gains }) => `${ask} (seen: ${seen})${gains === null ? '' : ` +${gains}`}`);
  return [
    ...(reason ? [`  why       ${plain(reason, 400)}`] : []),
    ...gates.map(({ key, evidence }) => `  gate      ${key}: ${plain(evidence, 300)}`),
    ...some('fact', missed),
    ...some('criterion', feedback),
    ...some('change', changes),
    `  trace     GET /agents/ID/calls/${call_id}`,
  ];
}

function some(label: string, lines: readonly string[]): string[] {
  const shown = lines.slice(0, MOST).map((line) => `  ${label.padEnd(9)} ${plain(line, 300)}`);
  return lines.length > MOST ? [...shown, `            and ${lines.length - MOST} more (--json)`] : shown;
}

/** What the run came to, with the evidence of what did not pass, and where that leaves the agent. */
export function outcomeLines(run: Run, agent: Agent, { colour, program }: Pick<Io, 'colour' | 'program'>): string[] {
  const paint = paints(colour);
  const passed = run.cases.filter(({ result }) => result === 'passed').length;
  const look = paint[run.status === 'passed' ? 'pass' : run.status === 'failed' ? 'fail' : 'warn'];
  const failed = run.cases.filter(({ result }) => result !== 'passed' && result !== 'pending');
  const wait = run.next_allowed_at
    ? [`The next may start at ${run.next_allowed_at}: ${plain(run.next_allowed_why ?? '', 300)}`]
    : [];
  return [
    ...(run.status === 'running' ? [] : failed.flatMap((one) => ['', ...caseLines(one, paint)])),
    '',
    `${look(run.status)}: ${passed} of ${run.cases.length} cases passed${run.reason ? ` (${run.reason})` : ''}.`,
    ...wait,
    agent.blockers.length === 0
      ? `${plain(agent.name, 60)} is ${agent.visibility}: it is called for the tasks that it fits.`
      : `${plain(agent.name, 60)} is ${agent.visibility}; "${program} status" says what stands in its way.`,
  ];
}
