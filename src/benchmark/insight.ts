import type { JudgedCriterion, Judgement } from '../judging/judgement.schema.js';
import { answered, decided, type PassMark } from './verdict.js';

/** One thing to do otherwise, the most helpful first. */
export interface Step {
  /** What was asked: a criterion's question, or a gate. */
  readonly ask: string;
  /** What was seen instead. */
  readonly seen: string;
  /** Points over what could be decided; null for what counts before any points. */
  readonly gains: number | null;
}

/**
 * What would have been enough: the fewest changes, most points first, after which the answer passes by what could be decided.
 * Empty for an answer that passed, and where nothing that was decided was missed.
 */
export function wouldHavePassed(judgement: Judgement, mark: PassMark): Step[] {
  const gates = judgement.gates
    .filter(({ cap }) => cap !== null && cap < mark.score)
    .map(({ key, evidence }) => ({ ask: `No ${key.replaceAll('_', ' ')}.`, seen: evidence, gains: null }));
  return [...gates, ...wrongAnswer(judgement, mark), ...enough(withoutGates(judgement), mark)];
}

function wrongAnswer(judgement: Judgement, mark: PassMark): Step[] {
  const known = answered(judgement);
  if (!known || known.score >= mark.answer) return [];
  const needed = Math.ceil((known.of * mark.answer) / 100);
  const ask = `At least ${needed} of the ${known.of} facts that a right answer to this brief holds.`;
  return [{ ask, seen: `${known.kept} of them were found`, gains: null }];
}

/** Takes the missed criterion that helps most, again and again, until the mark is reached. */
function enough(judgement: Judgement, mark: PassMark): Step[] {
  const steps: Step[] = [];
  for (let now = judgement; decided(now).score < mark.score; ) {
    const [best] = now.criteria
      .filter(({ met, source }) => met === 'no' && source !== 'answer' && source !== 'tests' && source !== 'gate')
      .map((missed) => ({ missed, then: withMet(now, missed) }))
      .map((option) => ({ ...option, gains: decided(option.then).score - decided(now).score }))
      .sort((a, b) => b.gains - a.gains);
    if (!best || best.gains <= 0) return steps;
    steps.push({ ask: best.missed.question, seen: best.missed.evidence, gains: Math.round(best.gains * 10) / 10 });
    now = best.then;
  }
  return steps;
}

function withoutGates(judgement: Judgement): Judgement {
  return { ...judgement, gates: judgement.gates.filter(({ cap }) => cap === null) };
}

function withMet(judgement: Judgement, one: JudgedCriterion): Judgement {
  return { ...judgement, criteria: judgement.criteria.map((each) => (each === one ? { ...each, met: 'yes' } : each)) };
}
