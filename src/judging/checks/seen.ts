import { type Answer, blocksOf, type Reading } from '../artifact-text.js';
import { withoutComments } from '../hidden.js';
import { prose } from '../markdown.js';
import { memo } from '../memo.js';
import { fold } from '../text.js';

/** What rules look at in an answer, for each of their ways of looking. Each is made once an answer. */

/** What a person reads: no marks, but headings, items and tables. */
export const readable = memo((answer: Answer) => prose(blocksOf(answer)));

/** What was sent, character for character, without what is hidden. */
export const verbatim = memo((answer: Answer) => answer.readings.map(shown).join('\n\n'));

/** Where terms are looked for: in what is read, and in the names of data and code. */
export const searchable = memo((answer: Answer) => {
  const data = answer.readings.filter(({ format }) => format === 'json' || format === 'svg').map(shown);
  return fold([answer.text, readable(answer), ...data].join('\n')).replace(GAP, ' ');
});

/** White space that is not one space: of that there is nothing to change. */
const GAP = /[^\S ]\s*| \s+/g;

function shown({ format, text, source }: Reading): string {
  if (format === 'text' || format === 'markdown') return text;
  return format === 'html' || format === 'svg' ? withoutComments(source).text : source;
}
