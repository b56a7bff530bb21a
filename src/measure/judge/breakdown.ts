import { styleText } from 'node:util';
import type { JudgedArtifact } from '../../judging/judge.js';
import type { Interval, JudgedCriterion, Judgement } from '../../judging/judgement.schema.js';
import type { TestReport } from '../../judging/sandbox/report.js';

export interface Judged {
  readonly files: readonly JudgedArtifact[];
  readonly judgement: Judgement;
  readonly tests: TestReport | null;
}

/** How many criteria there were, without gates and tests, and how many of them a program could not answer. */
export function openOf({ criteria }: Judgement): { readonly criteria: number; readonly unknown: number } {
  const asked = criteria.filter(({ source }) => source !== 'gate' && source !== 'tests');
  return { criteria: asked.length, unknown: asked.filter(({ met }) => met === 'unknown').length };
}

export function jsonBreakdown({ files, judgement, tests }: Judged) {
  const { criteria, unknown } = openOf(judgement);
  return {
    files: files.map(({ name, type, mediaType, bytes }) => ({
      name,
      type,
      media_type: mediaType,
      bytes: bytes.byteLength,
    })),
    ...{ asked: criteria, unknown, ...judgement },
    tests: tests && { verdict: tests.verdict, passed: tests.passed, failed: tests.failed, reason: tests.reason },
  };
}

const COLUMN = 56;
type Paint = (text: string) => string;

/** The whole judgement for a person to read. Colours where `colour` says so; nothing of the work can change the terminal. */
export function textBreakdown(judged: Judged, colour: boolean): string {
  const { files, judgement } = judged;
  const { criteria, unknown } = openOf(judgement);
  const paint = paints(colour);
  const of = (dimension: string | null) =>
    judgement.criteria.filter((criterion) => criterion.dimension === dimension && criterion.source !== 'gate');
  return [
    `${judgement.rubric.task_type}, rubric version ${judgement.rubric.version}; judged by ${judgement.judge} ${judgement.judge_version}`,
    ...files.map(
      ({ name, type, mediaType, bytes }) => `  ${plain(name)}: ${type}, ${mediaType}, ${bytes.byteLength} bytes`,
    ),
    '',
    scored(paint.strong('TOTAL'), 'TOTAL'.length, judgement.total),
    ...judgement.dimensions.flatMap((dimension) => {
      const title = `${plain(dimension.name)} (weight ${dimension.weight})`;
      return [
        '',
        scored(paint.strong(title), title.length, dimension),
        ...of(dimension.key).flatMap((one) => answered(one, paint, null)),
      ];
    }),
    ...section(
      'Rules of the type, the buyer and the brief',
      of(null).flatMap((one) => answered(one, paint, one.weight)),
      paint,
    ),
    ...section(
      'Gates that closed',
      judgement.gates.flatMap(({ key, evidence, cap }) => gateLines(key, evidence, cap, paint)),
      paint,
    ),
    '',
    unknown === 0
      ? `All ${criteria} criteria could be judged without a model.`
      : `${unknown} of ${criteria} criteria could not be judged without a model.`,
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[], paint: ReturnType<typeof paints>): string[] {
  return lines.length === 0 ? [] : ['', paint.strong(title), ...lines];
}

function scored(title: string, length: number, { low, high }: Interval): string {
  return `${title}${' '.repeat(Math.max(2, COLUMN - length))}${low.toFixed(1).padStart(5)} to ${high.toFixed(1).padStart(5)}`;
}

/** `points`: what a missed rule takes off; null for a rubric's criterion. */
function answered(
  { met, question, evidence, weight }: JudgedCriterion,
  paint: ReturnType<typeof paints>,
  points: number | null,
): string[] {
  const word = paint[met](met.padEnd(7));
  const costs = points === null ? (weight === 1 ? '' : ` (counts ${weight})`) : met === 'no' ? ` (-${points})` : '';
  return [`  ${word}  ${plain(question)}${costs}`, `           ${paint.faint(plain(evidence))}`];
}

function gateLines(key: string, evidence: string, cap: number | null, paint: ReturnType<typeof paints>): string[] {
  const effect = cap === null ? paint.unknown('noted  ') : paint.no('closed ');
  const most = cap === null ? '' : `: at most ${cap} points`;
  return [`  ${effect}  ${key}${most}`, `           ${paint.faint(plain(evidence))}`];
}

function paints(colour: boolean): Record<'yes' | 'no' | 'unknown' | 'strong' | 'faint', Paint> {
  const style =
    (format: Parameters<typeof styleText>[0]): Paint =>
    (text) =>
      colour ? styleText(format, text, { validateStream: false }) : text;
  return {
    yes: style('green'),
    no: style('red'),
    unknown: style('yellow'),
    strong: style('bold'),
    faint: style('dim'),
  };
}

/** Evidence quotes the work: what would move a cursor, change a title or turn the direction of text is left out. */
function plain(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').trim();
}
