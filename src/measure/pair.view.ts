import type { Side } from '../judging/pairs/pair.js';
import type { JudgedPair } from '../judging/pairs/with-model.js';

/** A judged pair as the command prints it. */
export function pairView(id: string | number, { ruled, verdict, model }: JudgedPair) {
  return {
    id,
    a: sideView(ruled.a),
    b: sideView(ruled.b),
    verdict,
    by: model?.decides ? 'model' : 'rules',
    ...(model
      ? {
          model: {
            verdict: model.verdict,
            flags: model.flags,
            note: model.note,
            calls: model.spent.calls,
            tokens: model.spent.tokens,
            votes: model.votes,
          },
        }
      : {}),
  };
}

function sideView({ judgement, signals, merit, speaksToJudge }: Side) {
  const { low, high } = judgement.total;
  return {
    ...{ low, high, merit: Math.round(merit * 1_000) / 1_000 },
    gates: judgement.gates.map(({ key, evidence }) => ({ key, evidence })),
    missed: judgement.criteria
      .filter(({ met, source }) => met === 'no' && source !== 'gate')
      .map(({ question, evidence }) => ({ question, evidence })),
    signals: signals.map(({ key, value, evidence }) => ({ key, value: Math.round(value * 100) / 100, evidence })),
    speaks_to_judge: speaksToJudge,
  };
}
