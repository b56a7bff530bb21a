import { setImmediate as breathe } from 'node:timers/promises';
import type { QualityRule, RuleKind } from '@bakeoff/agent-kit';
import { type Answer, answerOf, artifactText, type Reading, readAnswer } from './artifact-text.js';
import { briefText } from './brief-text.js';
import { checkRule } from './checks/all.js';
import { type Context, type Finding, unknown } from './checks/check.js';
import { type Asked, criteriaOf } from './criteria.js';
import { BriefEcho } from './echo.js';
import { expectedOf } from './expected.js';
import { checkedFiles } from './formats/formats.js';
import { closedGates, type Gates } from './gates.js';
import { type Brief, Judge, type Judged, type JudgeInput, type Others } from './judge.js';
import type { Gate, JudgedCriterion, Judgement } from './judgement.schema.js';
import { Limited } from './limited.js';
import { memo } from './memo.js';
import { withoutOrders } from './orders.js';
import { dimensionScore, totalScore } from './score.js';
import { type Substance, substanceOf } from './substance.js';

/** Rules that more text can satisfy: what is repeated, padded or asked back earns nothing there. */
const MORE_HELPS: ReadonlySet<RuleKind> = new Set<RuleKind>([
  ...(['words', 'sentences', 'sentence_length', 'characters', 'letters', 'numbers', 'capital_words'] as const),
  ...(['paragraphs', 'lines', 'bullets', 'headings', 'highlights', 'code_blocks', 'links', 'citations'] as const),
  ...(['includes_count', 'sections', 'table', 'covers_brief', 'not_copied'] as const),
]);

/** What was cut off can make a file invalid that was not; it can't make a text better. */
const IS_PARSED = /^(?:json|csv|html|svg|code)_/;

function canBePadded(rule: QualityRule): boolean {
  return MORE_HELPS.has(rule.kind) || (rule.kind === 'regex' && rule.min !== undefined);
}

/** Judges by rules alone. What takes taste or knowledge of the world stays unknown, and the score is an interval. */
export class RuleJudge extends Judge {
  readonly id = 'rules';
  readonly version = '2';

  constructor(private readonly limited: Limited = new Limited()) {
    super();
  }

  async alone(input: Omit<JudgeInput, 'others'>): Promise<Judged> {
    const { text: brief } = heard(input.brief);
    const answer = readAnswer(input.artifacts);
    const seen = await this.seen(input, answer);
    const plain = withoutOrders(answer, brief);
    if (plain === undefined) return (others) => judgement(this, input.taskType, beside(seen, others));
    const unmoved = await this.seen(input, plain.answer);
    const told = { key: 'speaks_to_judge', evidence: plain.evidence, cap: null };
    return (others) => {
      const { criteria, gates } = beside(unmoved, others);
      return judgement(this, input.taskType, worse(beside(seen, others), { criteria, gates: [...gates, told] }));
    };
  }

  private async seen(input: Omit<JudgeInput, 'others'>, answer: Answer): Promise<SeenAlone> {
    const { text: brief, echo } = heard(input.brief);
    const attachments = input.attachments.map((file) => artifactText(file));
    const substance = substanceOf(
      answer.readings.map(({ text }) => text),
      echo,
    );
    const asked = criteriaOf(input);
    const gates = closedGates({
      ...{ answer, substance, echo, brief, attachments },
      expected: expectedOf(input.taskType),
      files: await checkedFiles(answer, this.limited),
      rules: asked.flatMap(({ rule }) => ('kind' in rule ? [rule] : [])),
    });
    const context = { answer, brief, attachments, limited: this.limited };
    return { criteria: await this.answers(asked, context, ownAnswer(answer, substance)), gates };
  }

  /** Ends the worker thread, if one was started. */
  close(): Promise<void> {
    return this.limited.close();
  }

  private async answers(asked: readonly Asked[], context: Context, own: Answer): Promise<JudgedCriterion[]> {
    const judged: JudgedCriterion[] = [];
    for (const { rule, ...question } of asked) {
      const found = 'missing' in rule ? unknown(rule.missing) : await this.find(rule, context, own);
      judged.push({ ...question, ...found });
      // A large answer takes a while; other work of the process goes on in between.
      await breathe();
    }
    return judged;
  }

  private async find(rule: QualityRule, context: Context, own: Answer): Promise<Finding> {
    try {
      const found = await checkRule(rule, context);
      if (found.met === 'yes' && own !== context.answer && canBePadded(rule)) {
        const again = await checkRule(rule, { ...context, answer: own });
        if (again.met === 'no')
          return { ...again, evidence: `${again.evidence}; not counting what is repeated, padded or asked back` };
      }
      return context.answer.cut && found.met === 'no' && IS_PARSED.test(rule.kind) ? unsure(found) : found;
    } catch (error) {
      return unknown(`it could not be checked: ${error instanceof Error ? error.name : 'unknown error'}`);
    }
  }
}

/** What was found in one reading of an answer. */
interface Seen {
  readonly criteria: readonly JudgedCriterion[];
  readonly gates: readonly Gate[];
}

interface SeenAlone extends Omit<Seen, 'gates'> {
  readonly gates: Gates;
}

function beside({ criteria, gates }: SeenAlone, others: Others): Seen {
  return { criteria, gates: gates(others.map(readAnswer)) };
}

/** The brief is the same object for every bid of a round. */
const heard = memo((brief: Brief) => {
  const text = briefText(brief);
  return { text, echo: new BriefEcho(text) };
});

const RANK = { no: 0, unknown: 1, yes: 2 } as const;

/** Of each criterion the lower verdict, and every gate that closed on either reading: nothing said to a judge raises a score. */
function worse(one: Seen, other: Seen): Seen {
  const criteria = one.criteria.map((criterion, at) => {
    const again = other.criteria[at];
    return again && RANK[again.met] < RANK[criterion.met] ? again : criterion;
  });
  const known = new Set(one.gates.map(({ key }) => key));
  return { criteria, gates: [...one.gates, ...other.gates.filter(({ key }) => !known.has(key))] };
}

function judgement(
  { id, version }: Pick<Judge, 'id' | 'version'>,
  { slug, rubric }: JudgeInput['taskType'],
  { criteria, gates }: Seen,
): Judgement {
  const dimensions = rubric.dimensions
    .map((dimension) => ({ ...dimension, criteria: criteria.filter(({ dimension: key }) => key === dimension.key) }))
    .filter((dimension) => dimension.criteria.length > 0)
    .map(dimensionScore);
  const rules = criteria.filter(({ dimension }) => dimension === null);
  return {
    judge: id,
    judge_version: version,
    rubric: { task_type: slug, version: rubric.version },
    total: totalScore(dimensions, rules, gates),
    dimensions,
    criteria: [...criteria, ...gates.map(asCriterion)],
    gates: [...gates],
  };
}

/** The answer with nothing but its own sentences where it is text; the very same one when all of it is. */
function ownAnswer(answer: Answer, { sentences, own }: Substance): Answer {
  if (sentences.every(({ sort }) => sort === 'own' || sort === 'quoted')) return answer;
  const readings = answer.readings.map((reading, at) =>
    isProse(reading) ? withText(reading, own[at] ?? '') : reading,
  );
  return answerOf(readings, answer.cut);
}

function isProse({ format }: Reading): boolean {
  return format === 'text' || format === 'markdown' || format === 'html';
}

/** A page keeps its source: rules about its marks have nothing to do with what its sentences are worth. */
function withText(reading: Reading, text: string): Reading {
  return reading.format === 'html' ? { ...reading, text } : { ...reading, format: 'markdown', source: text, text };
}

function unsure(found: Finding): Finding {
  return unknown(`only a part was read: ${found.evidence}`);
}

function asCriterion({ key, evidence, cap }: Gate): JudgedCriterion {
  return {
    key: `gate_${key}`,
    dimension: null,
    source: 'gate',
    question: cap === null ? `Is it free of this: ${key}?` : `Does it pass this gate: ${key}?`,
    met: 'no',
    evidence,
    confidence: 0.9,
    weight: 0,
  };
}
