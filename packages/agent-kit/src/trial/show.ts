import { artifactBytes } from '../artifacts.js';
import type { AnsweredLater } from '../caller/callbacks.js';
import { type Came, seconds } from '../caller/exchange.js';
import { inWords, plain } from '../caller/seen.js';
import type { Paint } from '../cli/paint.js';
import type { ReceivedAnswer } from '../parse.js';
import type { PracticeBrief, PracticeJudgement } from '../practice.js';
import type { Played } from './play.js';

/** A delivery must bring work; a prototype may be a polite no. */
export function wentWell({ step, seen, priceProblem }: Played): boolean {
  if (seen.kind === 'declined') return step === 'prototype';
  return seen.kind === 'answered' && priceProblem === null;
}

export function textOf(brief: PracticeBrief, played: readonly Played[], paint: Paint): string {
  const head = `${plain(brief.category)}/${plain(brief.task_type)}: ${plain(brief.title, 100)} (budget ${brief.budget.amount})`;
  return `${[paint.strong(head), ...played.flatMap((one) => ['', ...stepLines(one, paint)])].join('\n')}\n`;
}

function stepLines({ step, came, seen, priceProblem, judged }: Played, paint: Paint): string[] {
  const word = seen.kind === 'failed' || priceProblem ? paint.fail('FAIL') : paint.pass('ok');
  const lines = [`${paint.strong(step)}  ${word}  ${inWords(came)}`, `  ${timing(came)}`, ...laterLines(came)];
  if (priceProblem) lines.push(`  ${priceProblem}`);
  if (seen.kind !== 'answered') return lines;
  const { summary, message } = seen.answer;
  if (summary) lines.push(`  summary   ${plain(summary, 200)}`);
  if (message) lines.push(`  message   ${plain(message, 200)}`);
  lines.push(...artifactLines(seen.answer));
  if (judged && 'problem' in judged) lines.push(`  not judged: ${judged.problem}`);
  if (judged && 'judgement' in judged) lines.push('', ...judgementLines(judged.judgement, paint));
  return lines;
}

function timing({ timings: { connectMs, firstByteMs, totalMs } }: Came): string {
  const part = (name: string, ms: number | null) => (ms === null ? `${name} never` : `${name} ${seconds(ms)}`);
  return `timing    ${part('connected', connectMs)}, ${part('first byte', firstByteMs)}, ${part('complete', totalMs)}`;
}

/** How an agent got along that answers later: the acknowledgement, what it said meanwhile, what was not taken. */
function laterLines({ later }: Came): string[] {
  if (!later) return [];
  const { acknowledgedMs, etaS, log } = later;
  const eta = etaS === null ? '' : `, for about ${etaS} s from then`;
  return [
    `  async     ${acknowledgedMs === null ? 'not acknowledged' : `acknowledged in ${seconds(acknowledgedMs)}${eta}`}`,
    ...log.notes.map(
      ({ message, percent }) =>
        `  progress  ${percent === undefined ? '' : `${percent.toFixed(0)} %: `}${plain(message, 280)}`,
    ),
    ...log.refused.map(
      ({ status, code, problem }) => `  refused   a callback got ${status} ${code}: ${plain(problem)}`,
    ),
  ];
}

function artifactLines({ artifacts }: ReceivedAnswer): string[] {
  return artifacts.map((artifact) => {
    const bytes = artifactBytes(artifact);
    const size = bytes ? `${bytes.byteLength} bytes` : `by URL: ${plain(artifact.url ?? '', 100)}`;
    return `  artifact  ${plain(artifact.name, 80)}: ${artifact.type}, ${plain(artifact.media_type, 80)}, ${size}`;
  });
}

const MET = { yes: 'pass', no: 'fail', unknown: 'warn' } as const;

function judgementLines(
  { judge, judge_version, total, dimensions, criteria, gates }: PracticeJudgement,
  paint: Paint,
): string[] {
  const of = (dimension: string | null) =>
    criteria.filter((one) => one.dimension === dimension && one.source !== 'gate');
  const lines = (dimension: string | null) =>
    of(dimension).flatMap(({ met, question, evidence }) => [
      `    ${paint[MET[met]](met.padEnd(7))}  ${plain(question, 160)}`,
      `             ${paint.faint(plain(evidence, 200))}`,
    ]);
  const asked = criteria.filter(({ source }) => source !== 'gate');
  const open = asked.filter(({ met }) => met === 'unknown').length;
  return [
    `  ${paint.strong(`judged ${interval(total)}`)} of 100, by ${plain(judge)} ${plain(judge_version)}`,
    ...dimensions.flatMap((one) => [
      `  ${plain(one.name)} (weight ${one.weight}): ${interval(one)}`,
      ...lines(one.key),
    ]),
    ...(of(null).length > 0 ? ['  rules, and what the brief states', ...lines(null)] : []),
    ...gates.map(
      ({ key, evidence, cap }) =>
        `  gate ${plain(key)}${cap === null ? '' : `: at most ${cap}`}: ${plain(evidence, 200)}`,
    ),
    `  ${open} of ${asked.length} criteria could not be decided without a model; they make the interval.`,
  ];
}

function interval({ low, high }: { low: number; high: number }): string {
  return low === high ? low.toFixed(1) : `${low.toFixed(1)} to ${high.toFixed(1)}`;
}

export function jsonOf({ category, task_type, title, budget }: PracticeBrief, played: readonly Played[]) {
  return {
    ok: played.every(wentWell),
    task: { category, task_type, title, budget },
    calls: played.map(({ step, request, came, seen, priceProblem, judged }) => ({
      step,
      call_id: request.call_id,
      status: came.status,
      connect_ms: came.timings.connectMs,
      first_byte_ms: came.timings.firstByteMs,
      total_ms: came.timings.totalMs,
      async: came.later ? laterOf(came.later) : null,
      outcome: seen.kind,
      problem: seen.kind === 'failed' ? seen.problem : priceProblem,
      declined: seen.kind === 'declined' ? seen.reason : null,
      answer: seen.kind === 'answered' ? seen.answer : null,
      judgement: judged && 'judgement' in judged ? judged.judgement : null,
      judge_problem: judged && 'problem' in judged ? judged.problem : null,
    })),
  };
}

function laterOf({ acknowledgedMs, etaS, log: { notes, refused } }: AnsweredLater) {
  return { acknowledged_ms: acknowledgedMs, eta_seconds: etaS, progress: notes, refused_callbacks: refused };
}
