import { lines } from '../text.js';
import { subjectOf } from './terms.js';

/** What a bare prompt asks for, as far as a program can tell. It has no task type, so its own words are all there is. */
export interface Request {
  readonly prompt: string;
  /** The part that says what to do. */
  readonly order: string;
  /** A text to work on, given with the order; '' where there is none. */
  readonly given: string;
  readonly kind: Kind;
  readonly form: Form | null;
  /** How many things are asked for. */
  readonly count: number | null;
  /** The answers to choose from. */
  readonly options: readonly string[];
  /** The answer alone is wanted, without a word about it. */
  readonly only: boolean;
  /** Words that are not to occur. */
  readonly unwanted: readonly string[];
  /** What it is about. */
  readonly terms: readonly string[];
}

export type Kind = 'rewrite' | 'translate' | 'summarize' | 'choose' | 'yes_no' | 'ask' | 'code' | 'make';

export type Form =
  | 'poem'
  | 'haiku'
  | 'dialogue'
  | 'letter'
  | 'recipe'
  | 'one_line'
  | 'table'
  | 'list'
  | 'json'
  | 'questions';

const VERB_REWRITE =
  /\b(?:rewrite|re-write|rephrase|reword|paraphrase|edit|correct|fix|proofread|improve|shorten|expand|simplify|convert|change|modify|replace|reorder|rearrange|sort|alphabeti[sz]e|capitali[sz]e|reverse|unscramble|reformat|restate|turn|transform|polish|fill in|complete|insert|remove|delete|combine|merge|split|punctuate|make (?:it|this|the (?:following|sentence|text|paragraph)))\b/i;
const VERB_TRANSLATE = /\btranslat(?:e|ion)\b/i;
const VERB_SUMMARIZE =
  /\b(?:summari[sz]e|summary|tl;?dr|sum up|condense|abstract of|main (?:idea|point)s? of|gist|headline for|title for|key (?:takeaways|points) (?:of|from))\b/i;
const VERB_CHOOSE =
  /\b(?:classify|categori[sz]e|label|identify (?:whether|if|which)|determine (?:whether|if|which)|decide (?:whether|if|which)|choose|select|pick|which (?:one )?of the following|odd one out|true or false|is (?:it|this|the following)\b.{0,60}\bor\b)/i;
const VERB_QUESTIONS =
  /\b(?:write|generate|create|compose|come up with|formulate|construct|suggest|propose|give|list|make|ask|form|pose|prepare|draft|design|develop|think of|devise)\b.{0,50}\b(?:quiz |interview |survey |trivia |discussion |follow-?up |open-ended |multiple[- ]choice )?questions?\b/i;
const WANTS_CODE =
  /\b(?:write|create|implement|give|provide|generate|develop|code|program|design|build|construct|show|complete|fix|make|need)\b.{0,60}\b(?:function|program|script|code|query|regex|regular expression|class|method|algorithm|sql|html|css|python|javascript|java|c\+\+|bash|command)\b/i;
const NO_CODE =
  /\b(?:explain|describe|what (?:does|is|are)|difference|compare|review of|summari[sz]e|essay|blog|article|email|poem|story|joke|dress code|code of conduct|training program|exercise program|class(?:room)? (?:activity|lesson|schedule))\b/i;
const YES_NO = /^(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|may|might|am)\b[^?]{3,300}\?/i;
const QUESTION = /^(?:what|who|whom|whose|when|where|why|which|how)\b|\?\s*$/i;

const FORMS: readonly (readonly [Form, RegExp])[] = [
  ['haiku', /\bhaiku\b/i],
  [
    'poem',
    /\b(?:poem|limerick|sonnet|verse|rhym(?:e|ing)|song lyrics|lyrics|ballad|ode|acrostic|couplet|rap|nursery rhyme)\b/i,
  ],
  ['dialogue', /\b(?:dialogue|dialog|conversation between|script for a (?:scene|skit|play)|skit)\b/i],
  [
    'letter',
    /\b(?:e-?mail|letter (?:to|for|of|from|asking|that|requesting|about|in which|inviting|thanking)|(?:cover|formal|business|love|recommendation|complaint|thank[- ]you|resignation|short|brief) letter)\b(?! (?:subject|address|list|campaign))/i,
  ],
  ['recipe', /\brecipe\b/i],
  [
    'table',
    /\b(?:table|spreadsheet)\b.{0,40}\b(?:with|of|that|showing|columns?|format|comparing)|\b(?:in|as) (?:a |an )?(?:markdown )?table\b/i,
  ],
  ['json', /\bjson\b/i],
  [
    'one_line',
    /\b(?:slogan|tagline|headline|title|tweet|caption|name|subject line|hashtag|motto|catchphrase|one[- ]liner|pun|username|domain name)\b/i,
  ],
];

/** Reads a prompt. Pure; the same prompt gives the same reading. */
export function requestOf(prompt: string): Request {
  const whole = prompt.trim();
  const { order, given } = parts(whole);
  const kind = kindOf(order, given);
  return {
    ...{ prompt: whole, order, given, kind },
    form: formOf(order, kind),
    count: countOf(order),
    options: optionsOf(whole, order),
    only:
      /\b(?:only|just|nothing else|no explanation|without (?:any )?(?:explanation|comment|introduction))\b/i.test(
        order,
      ) && ONLY.test(order),
    terms: subjectOf(`${order} ${isToldOf(kind, given) ? given : ''}`.replace(UNWANTED, ' ')),
    unwanted: [...order.matchAll(UNWANTED)].flatMap(([, word]) => (word === undefined ? [] : [word.toLowerCase()])),
  };
}

const FACTS_CHARS = 400;

/** "Write a notice: the lift is out of order" gives what is to be said, and not a text to work on. */
function isToldOf(kind: Kind, given: string): boolean {
  return kind === 'make' && given.length <= FACTS_CHARS && !given.includes('?');
}

const ONLY =
  /\b(?:(?:answer|output|respond|reply|return|print|give|provide|write|say|use|state)\b.{0,30}\b(?:only|just|nothing else)|(?:only|just)\b.{0,25}\b(?:answer|output|respond|reply|return|the (?:answer|number|word|name|letter|code|result|translation|json|list|title|final|corrected|rewritten)|one word|yes or no)|nothing else|no (?:explanation|additional|other|extra)|without (?:any )?(?:explanation|comment|introduction|additional))/i;

const UNWANTED =
  /\b(?:(?:do(?:es)? not|don't|doesn't|must not|should not|never|not|without) (?:ever )?(?:mention(?:ing)?|use|using|say(?:ing)?|includ(?:e|ing)|contain(?:ing)?|refer(?:ring)? to) (?:the words? |any |the )?)(?!words?\b|more\b|than\b|it\b|them\b|numbers?\b|bullet|letters?\b|commas?\b|quot|punct|emoji|markdown|html)([a-z]{3,20})\b(?= *(?:[.,;!?]|$|in\b|at\b|or\b|and\b|anywhere))/gi;

/** The order and what is given to work on: after a blank line, a colon, or between quotation marks. */
function parts(prompt: string): { order: string; given: string } {
  const blocks = prompt
    .split(/\n\s*\n|\n(?=(?:input|text|passage|sentence|article|question|context|paragraph|review|code)\s*:)/i)
    .map((part) => part.trim())
    .filter(Boolean);
  const [first = '', ...rest] = blocks;
  if (rest.length > 0) return ordered(first, rest.join('\n\n'));
  const [line = '', ...more] = lines(prompt);
  if (more.length > 0) return ordered(line, more.join('\n'));
  const colon = /^(.{8,200}?):\s+(\S[\s\S]{8,})$/.exec(prompt);
  if (colon) return { order: colon[1] ?? '', given: (colon[2] ?? '').replace(/^["“']|["”']$/g, '') };
  const quoted = /["“]([^"”]{12,})["”]/.exec(prompt);
  if (quoted) return { order: prompt.replace(quoted[0], ' '), given: quoted[1] ?? '' };
  return { order: prompt, given: '' };
}

/** Some put the text first and what to do with it last. */
function ordered(first: string, rest: string): { order: string; given: string } {
  const last = lines(rest).at(-1) ?? '';
  const isLast = !DOES.test(first) && (DOES.test(last) || /\?$/.test(last)) && first.length > last.length;
  if (!isLast)
    return {
      order: first,
      given: rest.replace(/^(?:input|text|passage|sentence|article|context|paragraph|review|code)\s*:\s*/i, ''),
    };
  return { order: last, given: `${first}\n${rest.slice(0, rest.length - last.length)}`.trim() };
}

const DOES =
  /^(?:please |now |then |can you |could you |you are |i want you to |your task |in this task|given )?(?:write|rewrite|translate|summari[sz]e|list|give|name|explain|describe|create|generate|classify|identify|find|answer|convert|edit|correct|make|provide|suggest|compose|choose|select|determine|calculate|compute|tell|what|who|when|where|why|how|which|is|are|does|do|can|should|paraphrase|rephrase|extract|complete|sort|fix|add|remove|replace|read|analy[sz]e|compare|come|construct|design|develop|count|use|turn|output)\b/i;

function kindOf(order: string, given: string): Kind {
  if (VERB_TRANSLATE.test(order)) return 'translate';
  if (VERB_QUESTIONS.test(order) && !/\banswer (?:the|this|these|following)\b/i.test(order)) return 'make';
  if (given !== '' && VERB_SUMMARIZE.test(order)) return 'summarize';
  if (WANTS_CODE.test(order) && !NO_CODE.test(order)) return 'code';
  if (VERB_CHOOSE.test(order)) return 'choose';
  if (given !== '' && VERB_REWRITE.test(order)) return 'rewrite';
  if (YES_NO.test(order)) return 'yes_no';
  return QUESTION.test(order) ? 'ask' : 'make';
}

function formOf(order: string, kind: Kind): Form | null {
  if (kind === 'code' || kind === 'choose' || kind === 'yes_no') return null;
  if (VERB_QUESTIONS.test(order) && kind === 'make') return 'questions';
  // "Write an e-mail about a poem" wants the e-mail: the first that is made counts.
  const made =
    /\b(?:write|create|compose|generate|make|draft|give|produce|suggest|come up with|provide|design|prepare|need|propose|craft|pen|invent)\b(.{0,80})/i.exec(
      order,
    )?.[1];
  if (made === undefined) return null;
  const hits = FORMS.flatMap(([form, pattern]) => {
    const at = made.search(pattern);
    return at >= 0 ? [{ form, at }] : [];
  }).sort((a, b) => a.at - b.at);
  return hits[0]?.form ?? null;
}

const NUMERALS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const COUNTED =
  /\b(?:list|name|give|write|suggest|provide|generate|create|identify|come up with|find|describe|mention|propose|recommend|tell|state|share|offer|think of|brainstorm|pick|choose|select|top|are|the)\b(?: (?:me|us|out|at least|exactly|a list of|about|some|up))*(?: the)?(?: top| first| best| main)? (\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?! ?(?:words?|sentences?|paragraphs?|characters?|lines?|letters?|syllables?|minutes?|hours?|days?|weeks?|months?|years?|-|people|persons?|%|am|pm|times|stanzas?|verses?|pages?|dollars?|miles?|km|kg|cups?|parts?))\b/i;

function countOf(order: string): number | null {
  const [, text] = COUNTED.exec(order) ?? [];
  if (text === undefined) return null;
  const value = /^\d/.test(text) ? Number(text) : NUMERALS.indexOf(text.toLowerCase());
  return value >= 2 && value <= 30 ? value : null;
}

/** `(positive, negative or neutral)`, `as spam or ham`, `true or false`, lettered choices. */
function optionsOf(prompt: string, order: string): string[] {
  const lettered = [...prompt.matchAll(/(?:^|\n|\s)\(?([A-E])[.):]\s+(.{1,80}?)(?=\n|\s\(?[B-E][.):]\s|$)/g)];
  if (lettered.length >= 2) return lettered.map(([, , text = '']) => text.trim());
  if (/\btrue or false\b/i.test(order)) return ['true', 'false'];
  if (/\byes or no\b/i.test(order)) return ['yes', 'no'];
  const listed =
    /\b(?:as|into|either|between|from|is it|is this|whether (?:it|this|the \w+) is|categories|labels?|options?|classes|following)\b:? ?(?:either )?["'“(]?((?:[\w-]+["'”]?(?: [\w-]+){0,2}?(?:, | or |, or | and ))+["'“]?[\w-]+(?: [\w-]+)?)/i.exec(
      order,
    )?.[1] ?? /\(((?:[\w -]{2,25}(?:, |\/| or |, or ))+[\w -]{2,25})\)/i.exec(order)?.[1];
  if (listed === undefined) return [];
  const options = listed.split(/, or |, and | or | and |, |\//i).map((option) =>
    option
      .replace(/["'“”]/g, '')
      .trim()
      .toLowerCase(),
  );
  return options.length >= 2 && options.length <= 8 && options.every((option) => option.length >= 2) ? options : [];
}
