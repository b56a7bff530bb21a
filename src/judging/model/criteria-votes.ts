import type { Met } from '../judgement.schema.js';
import type { Vote } from '../vote.js';
import { allOf } from './all-of.js';
import { Encoding, type Random } from './encoding.js';
import type { Meter } from './meter.js';
import {
  type Asked,
  type CriteriaTemplate,
  type Criterion,
  criteriaQuestion,
  type SaidOfCriterion,
} from './prompts.js';
import type { Shown } from './shown.js';
import { CONFIDENCE, voteOf } from './votes.js';

/** What a model makes of one work's open criteria. */
export interface CriteriaSaid {
  readonly subject: string;
  readonly found: ReadonlyMap<string, { readonly met: Met; readonly evidence: string; readonly confidence: number }>;
  readonly votes: readonly Vote[];
  /** It said yes to a question whose only answer is no: whatever it says of this work is worth nothing. */
  readonly trapped: boolean;
}

/** Questions that no honest answer says yes to. One of them stands among the others in every call. */
const TRAPS = [
  'Is most of the work a recipe for pickled herring?',
  'Is most of the work instructions for tuning a piano?',
  'Is most of the work a list of the moons of Saturn?',
  'Is most of the work a report on a chess game, move by move?',
  'Is most of the work the words of a lullaby?',
  'Is most of the work a weather forecast for sailors?',
];
const TRAP = 'trap';

/** Criteria in one call; more make models careless. */
const MOST_AT_ONCE = 12;

/**
 * Puts each criterion in two ways: is it met, and is there a fault. Only what both agree on counts. A single criterion is
 * put once, since a task may cost no more calls than it has criteria.
 *
 * @throws ModelFailure a call failed: then nothing is known of this work
 */
export async function askCriteria(
  meter: Meter,
  asked: Asked,
  { subject, shown, criteria }: { subject: string; shown: Shown; criteria: readonly Criterion[] },
  random: Random,
): Promise<CriteriaSaid> {
  const templates: readonly CriteriaTemplate[] = criteria.length === 1 ? [0] : [0, 1];
  const parts = Array.from({ length: Math.ceil(criteria.length / MOST_AT_ONCE) }, (_, at) =>
    criteria.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE),
  );
  const said = await allOf(
    templates.map(async (template) => {
      const replies = await allOf(parts.map((part) => askOnce(meter, asked, shown, part, template, random)));
      return { template, answers: new Map(replies.flatMap((reply) => [...reply])) };
    }),
  );
  const trapped = said.some(({ answers }) => answers.get(TRAP)?.met === 'yes');
  return {
    subject,
    trapped,
    found: new Map(criteria.map(({ key }) => [key, agreed(said.map(({ answers }) => answers.get(key)))])),
    votes: said.flatMap(({ template, answers }) =>
      [...answers.values()]
        .filter(({ key }) => key !== TRAP)
        .map(({ key, met, evidence }) =>
          voteOf(meter.model, {
            ...{ subject, against: null, criterion: key, kind: 'rubric', order: null, template, vote: met, evidence },
            confidence: met === 'unknown' ? 0 : CONFIDENCE.alone,
            flags: trapped ? ['trapped'] : [],
          }),
        ),
    ),
  };
}

async function askOnce(
  meter: Meter,
  asked: Asked,
  { text }: Shown,
  criteria: readonly Criterion[],
  template: CriteriaTemplate,
  random: Random,
): Promise<Map<string, SaidOfCriterion>> {
  const chance = [...random()].reduce((sum, char) => sum + char.charCodeAt(0), 0);
  const trap = { key: TRAP, question: TRAPS[chance % TRAPS.length] ?? '' };
  const at = chance % (criteria.length + 1);
  const list = [...criteria.slice(0, at), trap, ...criteria.slice(at)];
  const { question, read } = criteriaQuestion(new Encoding(random), asked, text, list, template);
  return read(await meter.ask(question));
}

function agreed(said: readonly (SaidOfCriterion | undefined)[]) {
  const [one, other] = said;
  if (one === undefined || (said.length > 1 && other === undefined))
    return { met: 'unknown' as const, evidence: 'the model did not answer this question', confidence: 0 };
  if (other === undefined) return { ...one, confidence: one.met === 'unknown' ? 0 : CONFIDENCE.alone };
  if (one.met === other.met) return { ...one, confidence: one.met === 'unknown' ? 0 : CONFIDENCE.agreed };
  const evidence = `asked twice, the model said ${one.met} and ${other.met}: ${one.evidence}`;
  return { met: 'unknown' as const, evidence, confidence: 0 };
}
