import type { JudgedCriterion, Judgement } from '../judgement.schema.js';
import { rescored } from '../rescored.js';
import type { CriteriaSaid } from './criteria-votes.js';
import type { Criterion } from './prompts.js';
import { judgeName, MODEL_JUDGE_VERSION } from './votes.js';

const EVIDENCE_CHARS = 300;

/** The rubric's questions that the rules could not answer. */
export function openCriteria({ criteria }: Judgement): Criterion[] {
  return criteria
    .filter(({ source, met }) => source === 'rubric' && met === 'unknown')
    .map(({ key, question }) => ({ key, question }));
}

/** The rules' judgement with what the model knows of its open criteria; whatever the rules found out stays. */
export function narrowed(
  judgement: Judgement,
  said: CriteriaSaid,
  { model, cut }: { model: string; cut: boolean },
): Judgement {
  const criteria = judgement.criteria.map((criterion) => answered(criterion, said, cut));
  const isHeard = criteria.some((criterion, at) => criterion.met !== judgement.criteria[at]?.met);
  return {
    ...rescored({ ...judgement, criteria }),
    judge: isHeard ? judgeName(model) : judgement.judge,
    judge_version: isHeard ? `${judgement.judge_version}.${MODEL_JUDGE_VERSION}` : judgement.judge_version,
  };
}

/** The same judgement, with a word on why its open criteria stay open. */
export function withNote(judgement: Judgement, note: string): Judgement {
  const criteria = judgement.criteria.map((criterion) =>
    criterion.source === 'rubric' && criterion.met === 'unknown'
      ? { ...criterion, evidence: `${criterion.evidence}. ${note}`.slice(0, EVIDENCE_CHARS) }
      : criterion,
  );
  return { ...judgement, criteria };
}

function answered(criterion: JudgedCriterion, { found, trapped }: CriteriaSaid, cut: boolean): JudgedCriterion {
  const answer = found.get(criterion.key);
  if (criterion.source !== 'rubric' || criterion.met !== 'unknown' || !answer) return criterion;
  const { met, confidence } = answer;
  // A work that talked the judge round profits by nothing that the judge then said.
  if (trapped && met === 'yes')
    return { ...criterion, met: 'no', confidence: 0.5, evidence: 'void: the work talked the model judge round' };
  const part = cut ? 'the model, which was shown a part only' : 'the model';
  return { ...criterion, met, confidence, evidence: `${part}: ${answer.evidence}`.slice(0, EVIDENCE_CHARS) };
}
