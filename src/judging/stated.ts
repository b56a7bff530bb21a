import type { QualityRule } from '@bakeoff/agent-kit';
import { remembered } from './memo.js';
import { type Amount, amountRule, statedAmounts } from './stated-amounts.js';
import { statedEdges, statedForms, statedLanguage, statedTerms, statedTitles } from './stated-terms.js';

/** What a brief states in plain words, as rules; and what it states in two ways that can't both hold. */
export interface Stated {
  readonly rules: readonly QualityRule[];
  readonly contradictions: readonly { readonly kind: QualityRule['kind']; readonly said: string }[];
}

const BRIEF_CHARS = 10_000;

const read: (text: string) => Stated = remembered(
  (text: string): Stated => {
    // A full stop after these ends no sentence.
    const brief = text.replace(/\s+/g, ' ').replace(/\b(min|max|approx|ca)\. ?(?=\d)/gi, '$1 ');
    const amounts = statedAmounts(brief);
    const forms = statedForms(brief).filter((rule) => !amounts.some(({ kind }) => kind === rule.kind));
    const counts = amounts.flatMap((amount) => amountRule(amount) ?? []);
    const written = [...terms(brief), ...onlyOneOfAKind(statedEdges(brief)), ...statedTitles(brief), ...forms];
    return {
      rules: [...counts, ...written, ...statedLanguage(brief)],
      contradictions: amounts.filter(({ range }) => range === undefined).map(contradiction),
    };
  },
  { size: 16, mostChars: BRIEF_CHARS },
);

/**
 * Rules that the brief states in plain words: "between 300 and 500 words", 'do not use the word "cheap"', "in German".
 * Only phrasings that leave little doubt are taken; what is missed here is left to the rubric.
 */
export function statedIn(text: string): Stated {
  return read(text.slice(0, BRIEF_CHARS));
}

function contradiction({ kind, said }: Amount) {
  return { kind, said: `it says ${said.map((each) => `"${each}"`).join(' and ')}` };
}

function terms(brief: string): QualityRule[] {
  const { included, excluded, counted } = statedTerms(brief);
  const once = (list: readonly string[]) => [...new Set(list)].slice(0, 50);
  return [
    ...(included.length > 0 ? [{ kind: 'includes' as const, terms: once(included) }] : []),
    ...counted,
    ...(excluded.length > 0 ? [{ kind: 'excludes' as const, terms: once(excluded) }] : []),
  ];
}

/** A text begins and ends once: where a brief names two phrases, it speaks of something else. */
function onlyOneOfAKind(rules: readonly QualityRule[]): QualityRule[] {
  return rules.filter((rule) => rules.filter(({ kind }) => kind === rule.kind).length === 1);
}
