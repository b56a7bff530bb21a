import { Decline, type ExecuteRequest } from '@bakeoff/agent-kit';
import { countOf, listOf, rulesOf, textOf } from './brief.ts';
import { settled } from './corrections.ts';
import { holds, type Sentence, sentencesOf, wordsOf } from './prose.ts';
import { readSources } from './source.ts';

/** What the requirements of `summary` ask for, what the rules add, and what the notes of a revision change. */
export interface SummaryBrief {
  maxWords: number;
  minWords: number;
  format: 'paragraph' | 'bullets';
  mustMention: string[];
  /** Those of them that the notes of a revision name. */
  wished: string[];
  avoid: string[];
  /** What the buyer says it is about: title and description. */
  topic: string;
  /** What of the notes was understood, in words. */
  understood: string[];
}

const DEFAULT_WORDS = 120;
const SHORTER = 0.65;

export function summaryBrief(request: ExecuteRequest): SummaryBrief {
  const { requirements, title, description } = request;
  const rules = rulesOf(request, 'words');
  const asked = countOf(requirements, 'max_words') ?? DEFAULT_WORDS;
  const maxWords = within(Math.min(asked, ...rules.map(({ max }) => max ?? asked)), 15, 2_000);
  const brief: SummaryBrief = {
    maxWords,
    minWords: Math.min(maxWords, Math.max(Math.ceil(asked / 2), ...rules.map(({ min }) => min ?? 0))),
    format: textOf(requirements, 'format') === 'bullets' ? 'bullets' : 'paragraph',
    mustMention: [
      ...listOf(requirements, 'must_mention', 20, 200),
      ...rulesOf(request, 'includes').flatMap(({ terms, at_least }) => (at_least === undefined ? terms : [])),
    ],
    wished: [],
    avoid: rulesOf(request, 'excludes').flatMap(({ terms }) => terms),
    topic: `${title}. ${description}`.slice(0, 5_000),
    understood: [],
  };
  if (request.revision) readNotes(request.revision.notes.slice(0, 4_000), lastLength(request), brief);
  return brief;
}

function readNotes(notes: string, lastWords: number, brief: SummaryBrief): void {
  const limit = /\b(?:at most|max(?:imum)?|under|below|up to|no more than)\s+(\d{1,4})\s+words\b/i.exec(notes)?.[1];
  if (limit !== undefined) shorten(Number(limit), brief);
  else if (/\b(?:shorter|shorten|too long|more concise|cut (?:it )?down)\b/i.test(notes)) {
    shorten(Math.floor(Math.min(lastWords, brief.maxWords) * SHORTER), brief);
  } else if (/\b(?:longer|more detail|too short)\b/i.test(notes)) {
    brief.minWords = Math.min(brief.maxWords, Math.ceil(lastWords * 1.2));
    brief.understood.push('longer, up to the limit of the brief');
  }
  const format = /\b(?:bullets?|bullet points|list of points)\b/i.test(notes)
    ? 'bullets'
    : /\bparagraph\b/i.test(notes)
      ? 'paragraph'
      : null;
  if (format !== null) {
    brief.format = format;
    brief.understood.push(format === 'bullets' ? 'as bullet points' : 'as one paragraph');
  }
  const named = [...notes.matchAll(/["“«]([^"”»\n]{2,80})["”»]/g)].slice(0, 8).map(([, term = '']) => term);
  if (named.length > 0) {
    brief.wished.push(...named);
    brief.mustMention.push(...named);
    brief.understood.push(`with a look for ${named.join(', ')}`);
  }
}

function shorten(words: number, brief: SummaryBrief): void {
  brief.maxWords = within(Math.min(words, brief.maxWords), 15, 2_000);
  brief.minWords = Math.ceil(brief.maxWords / 2);
  brief.understood.push(`at most ${brief.maxWords} words`);
}

function lastLength({ revision }: ExecuteRequest): number {
  const last = revision?.previous.artifacts.find(({ content }) => content !== undefined)?.content;
  return last === undefined ? DEFAULT_WORDS : wordsOf(last.slice(0, 50_000)).length;
}

function within(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value));
}

/**
 * The sentences of the attached text, or of a description that is a text itself, without what it takes back.
 *
 * @throws Decline when there is nothing to be summed up
 */
export async function readSentences(request: ExecuteRequest, signal: AbortSignal): Promise<Sentence[]> {
  const sources = await readSources(request, signal);
  const text = sources.map((source) => source.text).join('\n\n');
  const sentences = settled(sentencesOf(text === '' ? request.description : text));
  if (sentences.length < 4) throw new Decline('I need the text itself, attached as a plain text or Markdown file.');
  return sentences;
}

/** The answer: one paragraph, or points. */
export function written(sentences: readonly string[], format: SummaryBrief['format']): string {
  return format === 'paragraph'
    ? `${sentences.join(' ')}\n`
    : `${sentences.map((sentence) => `- ${sentence}`).join('\n')}\n`;
}

export function missingTerms(text: string, { mustMention }: SummaryBrief): string[] {
  return mustMention.filter((term) => !holds(text, term));
}
