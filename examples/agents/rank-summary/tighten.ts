import { holds } from '../lib/prose.ts';

/** The same sentence in fewer words: known long-winded phrases, asides, and words that add nothing. Pure. */

const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\bin order to\b/gi, 'to'],
  [/\bso as to\b/gi, 'to'],
  [/\bdue to the fact that\b/gi, 'because'],
  [/\b(?:in spite of|despite) the fact that\b/gi, 'although'],
  [/\bthe fact that\b/gi, 'that'],
  [/\bin the event (?:that|of)\b/gi, 'if'],
  [/\b(?:with regard|with respect|in relation) to\b/gi, 'on'],
  [/\bin the opinion of\b/gi, 'according to'],
  [/\bfor the purpose of\b/gi, 'for'],
  [/\bin the course of\b/gi, 'during'],
  [/\bby means of\b/gi, 'with'],
  [/\bin favou?r of\b/gi, 'for'],
  [/\bprior to\b/gi, 'before'],
  [/\bsubsequent to\b/gi, 'after'],
  [/\ba (?:large|great|high) number of\b/gi, 'many'],
  [/\ba number of\b/gi, 'several'],
  [/\bthe (?:vast )?majority of\b/gi, 'most'],
  [/\bto a large extent\b/gi, 'largely'],
  [/\bin some cases\b/gi, 'sometimes'],
  [/\bin the near future\b/gi, 'soon'],
  [/\bat (?:this point in time|the moment|present)\b/gi, 'now'],
  [/\bat all times\b/gi, 'always'],
  [/\bon a daily basis\b/gi, 'daily'],
  [/(?<=\p{L}) (?:a|per|each|every) day\b/giu, ' daily'],
  [/\b(?:is|are) (?:not able|unable) to\b/gi, 'cannot'],
  [/\b(?:is|are) able to\b/gi, 'can'],
  [/\b(?:is|are) going to\b/gi, 'will'],
  [/\bhas the ability to\b/gi, 'can'],
  [/\bit is possible that\b/gi, 'perhaps'],
  [/\b(?:more than|above) (?=\d)/gi, 'over '],
  [/\b(?:about|approximately|roughly) (?=\d)/gi, 'some '],
  [/\bcarr(?:y|ied) out\b/gi, 'made'],
  [/\bif nothing is done\b/gi, 'without action'],
  [/\bbrought back into (?:service|use)\b/gi, 'used again'],
  [/(?<=\d) ?per ?cent\b/gi, '%'],
  [/(\d[\d,.]*) pounds\b/g, '£$1'],
  [/(\d[\d,.]*) dollars\b/g, '$$$1'],
  [/(\d[\d,.]*) euros\b/g, '€$1'],
  [/(?<=\d) kilomet(?:re|er)s?\b/g, ' km'],
  [/(?<=\d) kilograms?\b/g, ' kg'],
  [/, which (?:is|are|was|were) ([^,;:.()]{5,80})(?=\.$)/g, ' ($1)'],
  [/\bas well as\b/gi, 'and'],
  [/\bso that\b/gi, 'so'],
];

const OPENERS =
  /^(?:however|therefore|moreover|furthermore|in addition|additionally|as a result|finally|of course|for example|on the other hand|nevertheless|in fact|indeed),\s+/i;
const PADDING =
  / (?:therefore|then|also|already|itself|themselves|very|really|quite|actually|basically|currently)(?= \p{Ll})/gu;
const BRACKETS = /\s*\((?!\d{4}\))[^()]{1,120}\)/g;
const ASIDE = /, (?:which|who|among them|including|such as) [^,.;:]{3,90},(?= \p{Ll})/gu;

/** @param keep terms that must survive: a change that would lose one is not made */
export function tightened(sentence: string, keep: readonly string[] = []): string {
  let text = sentence;
  for (const [pattern, by] of [[BRACKETS, ''], [ASIDE, ''], [OPENERS, ''], ...PHRASES, [PADDING, '']] as const) {
    const changed = text.replace(pattern, by);
    if (keep.every((term) => !holds(text, term) || holds(changed, term))) text = changed;
  }
  text = text.replace(/\s+/g, ' ').trim();
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
