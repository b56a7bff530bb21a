import type { Found } from '../marks.ts';
import { jsonLines, measured } from '../measured.ts';
import { HAND } from '../sets/ruled-by-hand.ts';
import { madeTexts, type Ruled } from '../sets/ruled-texts.ts';

interface Line {
  readonly id: number;
  readonly results: readonly { readonly met: 'yes' | 'no' | 'unknown'; readonly evidence: string }[];
}

export interface Disagreement extends Ruled {
  readonly met: string;
  readonly evidence: string;
}

/** Texts that were made to keep or break a rule, and texts labelled by hand. */
export async function rulesMarks({ rounds }: { rounds: number }): Promise<Found[]> {
  const all = [...madeTexts(7, rounds), ...HAND];
  const wrong = await disagreements(all);
  const found = (key: 'rules' | 'ifeval', of: Ruled['of']): Found => {
    const [many, missed] = [all.filter((one) => one.of === of), wrong.filter((one) => one.of === of)];
    const kinds = [...new Set(missed.map(({ rule }) => rule.kind))].slice(0, 3).join(', ');
    return {
      key,
      value: 1 - missed.length / many.length,
      note: `${many.length} labels${kinds === '' ? '' : `; not: ${kinds}`}`,
    };
  };
  return [found('rules', 'own'), found('ifeval', 'ifeval')];
}

export async function disagreements(all: readonly Ruled[]): Promise<Disagreement[]> {
  const lines = all.map(({ rule, text, prompt }, id) => ({ id, prompt: prompt ?? '', text, rules: [rule] }));
  const said = await measured<Line>('rules', ['-'], jsonLines(lines));
  return all.flatMap((one, at) => {
    const [result] = said[at]?.results ?? [];
    return result?.met === (one.holds ? 'yes' : 'no')
      ? []
      : [{ ...one, met: result?.met ?? 'nothing', evidence: result?.evidence ?? '' }];
  });
}
