import type { QualityRule } from '@bakeoff/agent-kit';
import type { Answer, Reading } from './artifact-text.js';
import { isEmpty } from './emptiness.js';
import { formatProblem } from './expected.js';
import { brokenOf, fileGates } from './formats/gates.js';
import { countWords, type FindGate, type Gated, gate, percent } from './gate.js';
import { echoed, padding, unrelated } from './hollow.js';
import type { Gate } from './judgement.schema.js';
import { memo } from './memo.js';
import { foldedWords, jaccardAbove, quote, runsOfFive } from './text.js';

const NEAR_COPY = 0.8;

/** Every gate that closes beside the other answers of a round, the hardest first. */
export type Gates = (others: readonly Answer[]) => Gate[];

/** What closes by the answer alone is found at once. An empty answer closes no other gate: nothing more is to be said of it. */
export function closedGates(given: Gated): Gates {
  const nothing = empty(given);
  if (nothing) return () => [nothing];
  const closed = (finders: readonly FindGate[]) => finders.flatMap((find) => find(given) ?? []);
  const harder = closed([refusal, echoed, padding, unrelated, unchanged, wrongFormat, stub]);
  const softer = closed([...fileGates, hiddenText]);
  return (others) => [...harder, ...nearCopy(given.answer, others), ...softer];
}

const empty: FindGate = ({ answer, rules }) => {
  const isWanted = rules.some(({ kind }) => kind === 'one_of' || kind === 'text_equals');
  if (answer.readings.length === 0) return gate('empty', 'there is no artifact');
  const count = answer.readings.length;
  if (isWanted ? answer.readings.some(({ size }) => size > 0) : !answer.readings.every(isEmpty)) return undefined;
  return gate('empty', `nothing is in ${count === 1 ? 'the artifact' : `any of ${count} artifacts`}`);
};

// Not "I am sorry" alone, and not "I can't refund": those are sentences of many a good reply.
const REFUSAL =
  /\bas an ai\b|\b(?:can't|cannot|can not|won't|unable to|not able to) (?:(?:help|assist)(?: you)? with|comply with|complete|fulfil|do|perform|carry out) (?:this|that|it|(?:the|your|this|that) (?:task|request|brief|assignment|job))\b|\bi decline\b/;
const REFUSAL_WORDS = 80;

const refusal: FindGate = ({ answer, substance }) => {
  const count = countWords(substance.sentences);
  const text = answer.text.slice(0, 2_000).toLowerCase().replace(/’/g, "'");
  return count > 0 && count < REFUSAL_WORDS && REFUSAL.test(text)
    ? gate('refusal', `the answer declines: ${quote(answer.text)}`)
    : undefined;
};

/** What a file says, without case and marks. */
const wording = memo(({ source }: Reading) => foldedWords(source).join(' '));

/** Every artifact is an attachment as it came. */
const unchanged: FindGate = ({ answer, attachments }) => {
  const given = new Set(attachments.map(wording).filter((text) => text !== ''));
  return given.size > 0 && answer.readings.every((reading) => given.has(wording(reading)))
    ? gate('unchanged', 'the answer is an attachment as it came')
    : undefined;
};

/** There is nothing of what was asked for, no program can read it, or it is more than anybody reads. */
const wrongFormat: FindGate = (given) => {
  const { answer, expected } = given;
  const problem = formatProblem(answer, expected);
  if (problem === 'too_much' || answer.cut) return gate('oversized', 'it is more, or nested deeper, than is judged');
  const [broken] = brokenOf(given);
  if (problem === 'broken') return gate('malformed', broken ?? `the ${expected} is there, and can't be parsed`);
  if (problem === undefined) return broken === undefined ? undefined : gate('malformed', broken);
  const formats = [...new Set(answer.readings.map(({ format }) => format))].join(', ');
  return gate('wrong_format', `asked for ${expected}; what came is ${formats} without any`);
};

const STUB_WORDS = 5;

/** A few words without a mark of code or data, and no rule says that the answer be so short. */
const stub: FindGate = ({ answer, expected, rules }) => {
  const isTextual = expected === 'prose' || expected === 'code' || expected === 'html' || expected === 'any';
  if (!isTextual || answer.readings.some(({ format }) => format === 'binary')) return undefined;
  const text = answer.readings
    .map(({ format, source, text }) => (format === 'text' || format === 'markdown' ? text : source))
    .join(' ')
    .slice(0, 1_000);
  if (/[{}()[\]=<>*+^$\\/|]/.test(text) || rules.some(allowsFewWords) || foldedWords(text).length >= STUB_WORDS)
    return undefined;
  return gate('stub', `the whole answer is ${quote(text)}`);
};

function allowsFewWords(rule: QualityRule): boolean {
  if (rule.kind === 'words') return (rule.max ?? Number.POSITIVE_INFINITY) <= 15;
  if (rule.kind === 'characters') return (rule.max ?? Number.POSITIVE_INFINITY) <= 100;
  return rule.kind === 'one_of' || rule.kind === 'text_equals';
}

const runsOf = memo((answer: Answer) => runsOfFive(foldedWords(answer.text)));
const likenesses = memo((_: Answer) => new Map<Answer, number>());

/** How like two answers are where they are nearly the same, else 0. Each pair is compared once, whichever of them is judged first. */
function likeness(one: Answer, other: Answer): number {
  const before = likenesses(other).get(one);
  if (before !== undefined) return before;
  const found = jaccardAbove(NEAR_COPY, runsOf(one), runsOf(other));
  likenesses(one).set(other, found);
  return found;
}

/** Reported only: two agents may well clean a table to the same last byte. */
function nearCopy(answer: Answer, others: readonly Answer[]): Gate[] {
  const likest = others.reduce((most, other) => Math.max(most, likeness(answer, other)), 0);
  if (likest <= NEAR_COPY) return [];
  const evidence = `${percent(likest)} of its runs of five words are also another bid's of this round`;
  return [{ key: 'near_copy', evidence, cap: null }];
}

const hiddenText: FindGate = ({ answer }) => {
  const hidden = answer.readings.flatMap((reading) => reading.hidden);
  if (hidden.length === 0) return undefined;
  const counts = [...new Set(hidden.map(({ kind }) => kind))].map((kind) => {
    const count = hidden.filter((each) => each.kind === kind).reduce((sum, each) => sum + each.count, 0);
    return `${count} ${NAMES[kind]}`;
  });
  const sample = hidden.find((each) => each.sample !== '')?.sample;
  return {
    key: 'hidden_text',
    evidence: `left out of judging: ${counts.join(', ')}${sample === undefined ? '' : `, such as ${quote(sample)}`}`,
    cap: null,
  };
};

const NAMES = {
  invisible: 'invisible characters',
  direction: 'marks that turn the direction of text',
  comment: 'comments',
  concealed: 'concealed elements',
};
