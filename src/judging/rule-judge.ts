import { setImmediate as breathe } from 'node:timers/promises';
import type { QualityRule, RuleKind } from '@bakeoff/agent-kit';
import { type Answer, answerOf, artifactText, type Reading, readAnswer } from './artifact-text.js';
import { briefText } from './brief-text.js';
import { checkRule } from './checks/all.js';
import { type Context, type Finding, unknown } from './checks/check.js';
import { type Asked, criteriaOf } from './criteria.js';
import { BriefEcho } from './echo.js';
import { expectedOf } from './expected.js';
import { closedGates } from './gates.js';
import { Judge, type JudgeInput } from './judge.js';
import type { Gate, JudgedCriterion, Judgement } from './judgement.schema.js';
import { Limited } from './limited.js';
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
  readonly version = '1';

  constructor(private readonly limited: Limited = new Limited()) {
    super();
  }

  async judge(input: JudgeInput): Promise<Judgement> {
    const { taskType } = input;
    const answer = readAnswer(input.artifacts);
    const context: Context = {
      answer,
      brief: briefText(input.brief),
      attachments: input.attachments.map((file) => artifactText(file)),
      limited: this.limited,
    };
    const echo = new BriefEcho(context.brief);
    const substance = substanceOf(
      answer.readings.map(({ text }) => text),
      echo,
    );
    const asked = criteriaOf(input);
    const gates = closedGates({
      ...{ answer, substance, echo, brief: context.brief, attachments: context.attachments },
      expected: expectedOf(taskType),
      rules: asked.flatMap(({ rule }) => ('kind' in rule ? [rule] : [])),
      others: (input.others ?? []).map(readAnswer),
    });
    const criteria = await this.answers(asked, context, ownAnswer(answer, substance));
    return this.judgement(taskType, criteria, gates);
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

  private judgement(
    { slug, rubric }: JudgeInput['taskType'],
    criteria: readonly JudgedCriterion[],
    gates: Gate[],
  ): Judgement {
    const dimensions = rubric.dimensions
      .map((dimension) => ({ ...dimension, criteria: criteria.filter(({ dimension: key }) => key === dimension.key) }))
      .filter((dimension) => dimension.criteria.length > 0)
      .map(dimensionScore);
    const rules = criteria.filter(({ dimension }) => dimension === null);
    return {
      judge: this.id,
      judge_version: this.version,
      rubric: { task_type: slug, version: rubric.version },
      total: totalScore(dimensions, rules, gates),
      dimensions,
      criteria: [...criteria, ...gates.map(asCriterion)],
      gates,
    };
  }
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
