import { parser } from '@lezer/python';
import { brokenAt, fine, placeOf, type Validity } from '../validity.js';
import { checkRules } from './rules.js';
import { simplified } from './simplify.js';
import { type Field, type Line, PythonError } from './token.js';
import { pythonLines } from './tokens.js';

const FIELD_ROUNDS = 5;

/** Whether it is Python 3.12, by tokens, grammar and the rules that Python's own compiler adds. Nothing is run. */
export function pythonValidity(code: string): Validity {
  const source = code.replace(/\f/g, ' ');
  try {
    const lines = pythonLines(source);
    if (lines.length === 0) return fine('it parses as Python, and holds no statement');
    checkGrammar(source, lines);
    checkRules(source, lines);
    return fine(`${lines.length} lines of code parse as Python`, {}, 0.98);
  } catch (error) {
    if (error instanceof PythonError) return brokenAt(error.place, error.message, 0.98);
    throw error;
  }
}

function checkGrammar(source: string, lines: readonly Line[]): void {
  const at = errorIn(simplified(source, lines));
  if (at !== undefined) throw new PythonError(source, at.offset, at.message);
  let texts = fieldsOf(source, lines);
  for (let round = 0; round < FIELD_ROUNDS && texts.length > 0; round++)
    texts = texts.flatMap((text) => checkField(source, text));
}

interface Text extends Field {
  readonly text: string;
}

function fieldsOf(source: string, lines: readonly Line[], base = 0): Text[] {
  return lines.flatMap(({ tokens }) =>
    tokens.flatMap(({ fields = [] }) =>
      fields.map(({ from, to }) => ({
        from: base + from,
        to: base + to,
        text: `(${source.slice(from, to).trim()}\n)`,
      })),
    ),
  );
}

/** An expression in an f-string, which may hold f-strings again. */
function checkField(source: string, { text, from }: Text): Text[] {
  const lines = pythonLines(text);
  const problem = errorIn(simplified(text, lines));
  if (problem) throw new PythonError(source, from, `${problem.message} in an f-string`);
  return fieldsOf(text, lines).map((field) => ({ ...field, from, to: from }));
}

function errorIn(text: string): { offset: number; message: string } | undefined {
  const cursor = parser.parse(text).cursor();
  do {
    if (cursor.name === 'PrintStatement')
      return { offset: cursor.from, message: 'print is a function: parentheses are missing' };
    if (cursor.type.isError) return { offset: errorAt(text, cursor.from), message: 'invalid syntax' };
  } while (cursor.next());
  return undefined;
}

/** Where something is missing the place is that of what came instead. */
function errorAt(text: string, from: number): number {
  const line = placeOf(text, from).line;
  const next = /\S/.exec(text.slice(from))?.index ?? 0;
  return placeOf(text, from + next).line === line ? from + next : from;
}
