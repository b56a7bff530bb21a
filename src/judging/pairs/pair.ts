import type { QualityRule } from '@bakeoff/agent-kit';
import type { TaskType } from '../../registry/rubric.schema.js';
import type { Judge } from '../judge.js';
import type { Judgement } from '../judgement.schema.js';
import { rescored } from '../rescored.js';
import { described, suspicions } from '../suspicion/suspicion.js';
import { genericType } from './generic-type.js';
import { readFor, type Signal } from './read.js';
import { type Request, requestOf } from './request.js';
import { signalsOf } from './signals.js';

export type Verdict = 'a' | 'b' | 'tie';

/** One of two answers to a bare prompt, by the rules. */
export interface Side {
  readonly text: string;
  readonly judgement: Judgement;
  readonly signals: readonly Signal[];
  /** What all of it comes to; only the difference of two answers to the same prompt means something. */
  readonly merit: number;
  /** Passages that speak to a judge, described; null: there is none. */
  readonly speaksToJudge: string | null;
}

export interface RuledPair {
  readonly request: Request;
  readonly taskType: TaskType;
  readonly a: Side;
  readonly b: Side;
  readonly verdict: Verdict;
  /** A gate closed on one of them alone: no model is asked about that. */
  readonly gated: boolean;
}

/** A smaller difference is no evidence. */
const ENOUGH = 0.12;
/** What a gate that caps the total takes off, and a rule that the prompt states and the answer misses. */
const GATE = 4;
const RULE = 0.9;
const TO_JUDGE = 0.5;

/**
 * Judges two answers to a bare prompt by rules alone. Each is judged by itself, so the verdict does not depend on which comes first.
 */
export async function rulePair(
  judge: Judge,
  { prompt, a, b }: { prompt: string; a: string; b: string },
): Promise<RuledPair> {
  const request = requestOf(prompt);
  const taskType = genericType(request);
  const [one, other] = [await ruled(judge, request, taskType, a), await ruled(judge, request, taskType, b)];
  const verdict = verdictOf(one.merit, other.merit);
  return { request, taskType, a: one, b: other, verdict, gated: isGated(one) !== isGated(other) };
}

export function verdictOf(a: number, b: number): Verdict {
  if (Math.abs(a - b) < ENOUGH) return 'tie';
  return a > b ? 'a' : 'b';
}

function isGated({ judgement }: Side): boolean {
  return judgement.gates.some(({ cap }) => cap !== null);
}

async function ruled(judge: Judge, request: Request, taskType: TaskType, text: string): Promise<Side> {
  const { type, name, media_type: mediaType } = taskType.artifact;
  const raw = await judge.judge({
    brief: { title: '', description: request.prompt, category: 'any', requirements: {} },
    taskType,
    qualityRules: rulesFor(request, text),
    artifacts: [{ type, name, mediaType, bytes: Buffer.from(text) }],
    attachments: [],
  });
  const judgement = withoutGates(raw, request);
  const signals = signalsOf(readFor(request, text));
  const sure = suspicions(text, request.prompt).filter(({ sure: isSure }) => isSure);
  const speaksToJudge = sure.length > 0 ? described(sure) : null;
  const merit = meritOf(judgement, signals) - (speaksToJudge ? TO_JUDGE : 0);
  return { text, judgement: withSignals(judgement, signals), signals, merit, speaksToJudge };
}

function meritOf({ criteria, gates }: Judgement, signals: readonly Signal[]): number {
  const stated = criteria.filter(({ source }) => source === 'brief' || source === 'rule');
  const missed = stated.filter(({ met }) => met === 'no').reduce((sum, { confidence }) => sum + RULE * confidence, 0);
  const caps = gates.flatMap(({ cap }) => cap ?? []).map((cap) => GATE * (1 - cap / 100));
  return signals.reduce((sum, { value, weight }) => sum + value * weight, 0) - missed - Math.max(0, ...caps);
}

/** What a text in a fence says it is, it has to be. */
function rulesFor({ form }: Request, text: string): QualityRule[] {
  if (form === 'json') return [{ kind: 'json_valid' }];
  const languages = ['python', 'javascript', 'typescript', 'sql'] as const;
  const said = languages.filter((language) => new RegExp(`\`\`\`${language}\\b`, 'i').test(text));
  return said.map((language) => ({ kind: 'code_parses', language }));
}

/** Gates that hold for a commissioned work and not for the answer to a bare prompt, which may be one word, also one of the prompt's. */
const FOR_WORK = new Set(['stub', 'echo']);

function withoutGates(judgement: Judgement, { kind, form }: Request): Judgement {
  if (kind === 'code' || (form !== null && form !== 'one_line' && form !== 'list')) return judgement;
  const gates = judgement.gates.filter(({ key }) => !FOR_WORK.has(key));
  const criteria = judgement.criteria.filter(({ key }) => !FOR_WORK.has(key.replace(/^gate_/, '')));
  return gates.length === judgement.gates.length ? judgement : rescored({ ...judgement, gates, criteria });
}

/** A signal that says enough is a criterion like any other; a weak one leaves its question open. */
const TELLS = 0.25;

function withSignals(judgement: Judgement, signals: readonly Signal[]): Judgement {
  const criteria = signals.map(({ key, value, weight, evidence }) => ({
    ...{
      key: `seen_${key}`,
      dimension: 'seen',
      source: 'rubric' as const,
      question: QUESTIONS[key] ?? 'Does it do what is asked?',
    },
    ...{ met: value >= TELLS ? ('yes' as const) : value <= -TELLS ? ('no' as const) : ('unknown' as const) },
    ...{ evidence, confidence: Math.min(1, Math.abs(value)), weight },
  }));
  if (criteria.length === 0) return judgement;
  return rescored({
    ...judgement,
    criteria: [...judgement.criteria, ...criteria],
    dimensions: [...judgement.dimensions, { key: 'seen', name: 'What a program sees', weight: 0.4, low: 0, high: 100 }],
  });
}

const QUESTIONS: Readonly<Record<string, string>> = {
  subject: 'Is it about what the prompt is about?',
  declines: 'Does it do the work instead of declining?',
  leaves_out: 'Does it leave out what it is to leave out?',
  asks_back: 'Does it do the work instead of asking back?',
  works_on_text: 'Does it work on the given text?',
  summarizes: 'Does it sum up the given text in its own words?',
  chooses: 'Does it choose one of the answers named?',
  yes_or_no: 'Does it say yes or no?',
  code: 'Is there code?',
  form: 'Does it have the form asked for?',
  count: 'Are there as many as asked for?',
  language: 'Is it in the language asked for?',
  sums: 'Are the sums right?',
  contradiction: 'Does it agree with itself?',
  substance: 'Does it say something of its own?',
  unfinished: 'Does it come to its end?',
  alone: 'Is it the answer alone, as asked for?',
  hedging: 'Does it commit itself?',
};
