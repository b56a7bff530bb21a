import { blocks } from '../markdown.js';
import { codesOf } from '../parts.js';
import { sentences } from '../sentences.js';
import { lines, words } from '../text.js';
import { type Look, nameOf, type Read, signal } from './read.js';
import type { Request } from './request.js';

export const hasCode: Look = ({ request, answer, text }) => {
  if (request.kind !== 'code') return undefined;
  const is =
    codesOf(answer).length > 0 ||
    /(?:^|\n)\s*(?:def |function |class |import |#include|select |const |let |var |public |<\w+|return\b|for ?\(|while ?\(|print\()/i.test(
      text,
    ) ||
    /[{};]\s*(?:\n|$)/.test(text);
  return signal('code', is ? 0.6 : -1, 1, is ? 'there is code' : 'there is no code');
};

export const hasForm: Look = (read) => {
  const { form } = read.request;
  if (form === null) return undefined;
  const fits = fitsForm(form, read);
  return fits === undefined
    ? undefined
    : signal(
        'form',
        fits ? 0.6 : -0.8,
        0.9,
        fits ? `it has the form of a ${nameOf(form)}` : `it does not have the form of a ${nameOf(form)}`,
      );
};

function fitsForm(
  form: NonNullable<Request['form']>,
  { text, words: list, request, answer }: Read,
): boolean | undefined {
  const all = lines(text);
  const mean = list.length / Math.max(1, all.length);
  switch (form) {
    case 'haiku':
      return all.filter((line) => words(line).length <= 9).length >= 3 && list.length <= 60;
    case 'poem':
      return all.length >= 2 && mean <= 13;
    case 'dialogue':
      return all.filter((line) => /^[^:]{1,30}:\s|^["“]|^[-–—] /.test(line)).length >= 2;
    case 'letter':
      return (
        /\b(?:dear|hi|hello|hey|greetings|good (?:morning|afternoon|evening)|to whom)\b/i.test(text.slice(0, 250)) ||
        /\b(?:regards|sincerely|best|thanks|thank you|cheers|yours)\b[\s,\S]{0,80}$/i.test(text)
      );
    case 'recipe':
      return (
        /\bingredients?\b/i.test(text) ||
        /\b\d+(?:\/\d+)? ?(?:cups?|tbsp|tsp|tablespoons?|teaspoons?|g|ml|grams?|ounces?|oz)\b/i.test(text)
      );
    case 'one_line':
      return request.count === null ? list.length <= 40 : undefined;
    case 'table':
      return (
        all.filter((line) => line.split('|').length > 2).length >= 2 ||
        all.filter((line) => /,|\t/.test(line)).length >= 3
      );
    case 'list':
      return all.length >= 2 || text.split(',').length >= 3;
    case 'json':
      return /[{[]/.test(text) && answer.readings.length > 0;
    case 'questions':
      return text.includes('?');
  }
}

export const hasCount: Look = ({ request, text }) => {
  const { count, form } = request;
  if (count === null) return undefined;
  const items = itemsOf(text, form === 'questions');
  if (items === 0) return undefined;
  return signal('count', items === count ? 0.2 : -0.8, 0.9, `${items} are there; asked for ${count}`);
};

/** What is told one by one: points, numbered lines, questions, or a short line of commas. 0: it can't be told. */
export function itemsOf(text: string, areQuestions: boolean): number {
  const points =
    blocks(text).filter((block) => block.kind === 'item').length ||
    text.match(/(?:^|\n)\s*(?:\d{1,2}[.):]|[-*•–])\s+\S/g)?.length ||
    0;
  if (points > 1) return points;
  const inline = text.match(/(?:^|\s)\(?\d{1,2}[.)]\s+\S/g)?.length ?? 0;
  if (inline > 1) return inline;
  if (areQuestions) return text.match(/\?/g)?.length ?? 0;
  const all = lines(text);
  if (all.length > 1 && all.every((line) => words(line).length <= 12)) return all.length;
  if (all.length === 1 && words(text).length <= 40 && sentences(text).length === 1) {
    const parts = text
      .replace(/^[^:]{0,60}:/, '')
      .split(/,\s*(?:and |or )?|\s(?:and|or)\s|;\s*/)
      .filter((part) => /\p{L}|\d/u.test(part));
    return parts.length > 1 ? parts.length : 0;
  }
  return 0;
}
