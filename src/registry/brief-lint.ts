import {
  type BriefDraft,
  type BriefFinding,
  type BriefSurroundings,
  type BriefType,
  isBlank,
  type Severity,
} from './brief-draft.js';
import { contradictions, ruleProblems } from './brief-rules.js';
import {
  blankWords,
  formatless,
  isEnglish,
  pointsAtFiles,
  secretsIn,
  vagueWords,
  wordCount,
  workInside,
} from './brief-words.js';
import type { RequirementField } from './rubric.schema.js';

/**
 * What a brief lacks, said while it is written. Pure, and of types alone but for its own files, so that the web app runs it as one types.
 * The words are looked at in English only; of a brief in another language the rest holds.
 */

const LEAST_TITLE = 5;
const LEAST_DESCRIPTION = 20;
/** Below that a brief in running text says too little for strangers. */
const FEW_WORDS = 25;
const LONG_TITLE = 120;
const ENOUGH_AGENTS = 3;
const ORDER: readonly Severity[] = ['missing', 'weak', 'hint'];
/** A title that says only that there is a task. */
const EMPTY_TITLE =
  /^(?:a |an |the |my |new |some )*(?:task|test|help|work|job|project|request|question|untitled|todo|something)s?[.!?]*$/i;

/** The findings on a brief of this task type, the gravest first. The same brief gives the same ones. */
export function lintBrief(type: BriefType, draft: BriefDraft, around: BriefSurroundings = {}): BriefFinding[] {
  const found = [
    ...titleFindings(draft),
    ...descriptionFindings(type, draft),
    ...requirementFindings(type, draft),
    ...contradictions(type, draft),
    ...ruleProblems(draft),
    ...fileFindings(draft),
    ...budgetFindings(draft, around),
  ];
  return found.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

function titleFindings({ title, description }: BriefDraft): BriefFinding[] {
  const text = title.trim();
  const at = (code: string, severity: Severity, message: string, suggestion: string) => [
    { code, severity, field: 'title', message, suggestion },
  ];
  if (EMPTY_TITLE.test(text))
    return at(
      'title_empty',
      'weak',
      'The title does not say what is wanted.',
      'Name the thing: what it is, and what of.',
    );
  if (text.length < LEAST_TITLE)
    return at(
      'title_missing',
      'missing',
      'There is no title yet.',
      'Say in one line what you want, such as "Clean the sign-up list".',
    );
  if (text.length > LONG_TITLE)
    return at(
      'title_long',
      'hint',
      `The title has ${text.length} characters.`,
      'Keep it to a line, and put the rest into the description.',
    );
  if (text.toLowerCase() === description.trim().toLowerCase())
    return at(
      'title_repeated',
      'weak',
      'Title and description say the same.',
      'Use the description for whom it is, and how one will know that it is good.',
    );
  return [];
}

function descriptionFindings(type: BriefType, draft: BriefDraft): BriefFinding[] {
  const { description } = draft;
  const text = description.trim();
  const at = (code: string, severity: Severity, message: string, suggestion: string): BriefFinding => ({
    ...{ code, severity, field: 'description', message, suggestion },
  });
  if (text.length < LEAST_DESCRIPTION) {
    const message = text === '' ? 'There is no description yet.' : `The description has ${text.length} characters.`;
    return [
      at(
        'description_missing',
        'missing',
        message,
        'Say what you want, for whom, and how you will know that it is good.',
      ),
    ];
  }
  const found: BriefFinding[] = [];
  const words = wordCount(text);
  if (words < FEW_WORDS && draft.attachments === 0)
    found.push(
      at(
        'description_short',
        'weak',
        `The description has ${words} words.`,
        'Strangers work from it alone: say what you have, what you want, for whom, and what must not happen.',
      ),
    );
  const secret = secretsIn(text);
  if (secret !== null)
    found.push(
      at(
        'secret_inside',
        'weak',
        `It seems to hold ${secret}, and every agent that is called reads it.`,
        'Take it out, and end it if it was real.',
      ),
    );
  const work = workInside(text);
  if (work !== null && draft.attachments === 0)
    found.push(
      at(
        'work_inside',
        'weak',
        `The description holds the work itself: ${work}.`,
        'Attach it as a file. Then nothing of it is cut, and agents can tell your words from the material.',
      ),
    );
  if (isEnglish(text)) found.push(...wordFindings(type, draft, at));
  return found;
}

type At = (code: string, severity: Severity, message: string, suggestion: string) => BriefFinding;

function wordFindings(type: BriefType, draft: BriefDraft, at: At): BriefFinding[] {
  const { description: text } = draft;
  const saysMore = [text, ...Object.values(draft.requirements).filter((value) => typeof value === 'string')].join('\n');
  const found: BriefFinding[] = vagueWords(text, draft).map(({ words, suggestion }) => {
    const quoted = words.map((word) => `"${word}"`).join(', ');
    return at('vague', 'weak', `${quoted} can mean anything.`, suggestion);
  });
  const missing = blankWords(saysMore);
  if (isRead(type) && missing.audience && !isGivenLike(type, draft, /audience|reader|persona|level|grade|market/))
    found.push(
      at(
        'no_audience',
        'hint',
        'It does not say for whom this is.',
        'Name who will read or use it, and what they know already.',
      ),
    );
  if (
    formatless(saysMore, draft.quality_rules.length) &&
    !isGivenLike(type, draft, /format|length|words|pages|style|structure|columns|size/)
  )
    found.push(
      at(
        'no_format',
        'hint',
        'It does not say what form the answer takes.',
        `A good answer here: ${type.artifact.about} Say how long it may be, and how it is built.`,
      ),
    );
  if (missing.example && draft.attachments === 0)
    found.push(
      at(
        'no_example',
        'hint',
        'There is no example.',
        'Show one piece of what you want, or of what you have: it says more than adjectives.',
      ),
    );
  return found;
}

/** Something that a person reads, and no table or program. */
function isRead({ artifact }: BriefType): boolean {
  return ['text', 'markdown', 'html', 'image'].includes(artifact.type);
}

function isGivenLike({ requirements }: BriefType, draft: BriefDraft, pattern: RegExp): boolean {
  return requirements.some(({ key }) => pattern.test(key) && !isBlank(draft.requirements[key]));
}

function requirementFindings(type: BriefType, { requirements }: BriefDraft): BriefFinding[] {
  return type.requirements.flatMap((field): BriefFinding[] => {
    if (!isBlank(requirements[field.key])) return [];
    const where = `requirements.${field.key}`;
    const suggestion = `${field.help}${exampleOf(field)}`;
    if (field.required)
      return [
        {
          code: 'requirement_missing',
          severity: 'missing',
          field: where,
          message: `"${field.label}" is needed for ${type.name}.`,
          suggestion,
        },
      ];
    const share = weightOf(type, field.key);
    if (share === 0) return [];
    const message = `Without "${field.label}" ${percent(share)} of what such work is judged by can't be checked.`;
    return [
      { code: 'requirement_useful', severity: share >= 0.1 ? 'weak' : 'hint', field: where, message, suggestion },
    ];
  });
}

/** The share of the rubric's weight that does not apply while the field is blank, 0 to 1. */
function weightOf({ rubric }: BriefType, key: string): number {
  return rubric.dimensions.reduce((sum, { weight, criteria }) => {
    const all = criteria.reduce((so, criterion) => so + criterion.weight, 0);
    const lost = criteria.filter(({ check, when }) => when?.field === key || needs(check, key));
    return sum + (weight * lost.reduce((so, criterion) => so + criterion.weight, 0)) / all;
  }, 0);
}

/** Whether a check takes the field and has nothing in its place. */
function needs(value: unknown, key: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if ('$field' in value)
    return value.$field === key && !('default' in value) && !('optional' in value && value.optional === true);
  return Object.values(value).some((part) => needs(part, key));
}

function fileFindings({ description, attachments }: BriefDraft): BriefFinding[] {
  const named = attachments === 0 ? pointsAtFiles(description) : null;
  if (named === null) return [];
  const message = `The description speaks of "${named}", and nothing is attached.`;
  return [
    {
      code: 'file_missing',
      severity: 'weak',
      field: 'attachments',
      message,
      suggestion: 'Attach it, or say where its content stands.',
    },
  ];
}

function budgetFindings({ budget }: BriefDraft, { minPrices = [] }: BriefSurroundings): BriefFinding[] {
  const at = (code: string, severity: Severity, message: string, suggestion: string) => [
    { code, severity, field: 'budget', message, suggestion },
  ];
  if (budget === null || !Number.isInteger(budget) || budget < 1)
    return at(
      'budget_missing',
      'missing',
      'There is no budget yet.',
      'Say what you pay at most, in whole credits; you pay the price of the bid that you pick.',
    );
  const asked = minPrices.toSorted((a, b) => a - b);
  const within = asked.filter((price) => price <= budget).length;
  const enough = asked[Math.min(ENOUGH_AGENTS, asked.length) - 1];
  if (asked.length === 0 || enough === undefined || within >= Math.min(ENOUGH_AGENTS, asked.length)) return [];
  if (within === 0)
    return at(
      'budget_low',
      'missing',
      `Every agent that does this asks for at least ${asked[0]}.`,
      `With ${enough} there are ${Math.min(ENOUGH_AGENTS, asked.length)} who may bid.`,
    );
  return at(
    'budget_tight',
    'weak',
    `Only ${within} of ${asked.length} agents that do this work for ${budget}.`,
    `With ${enough} there are ${Math.min(ENOUGH_AGENTS, asked.length)} who may bid.`,
  );
}

function exampleOf({ example }: RequirementField): string {
  if (isBlank(example)) return '';
  const text = typeof example === 'string' ? example : JSON.stringify(example);
  return text.length > 120 ? '' : ` Such as: ${text}`;
}

function percent(share: number): string {
  return `${Math.max(1, Math.round(share * 100))} %`;
}
