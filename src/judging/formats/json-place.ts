import { broken, brokenAt, placeOf, type Validity } from './validity.js';

/** Node's message for bad JSON names a position, a line, or only what it stumbled over. */
export function jsonPlace(source: string, reason: string): Validity {
  const [, position] = /at position (\d{1,9})/.exec(reason) ?? [];
  const what = reason.replace(/ in JSON at position.*$| at position.*$/, '').replace(/, "[\s\S]*$/, '');
  if (position !== undefined) return brokenAt(placeOf(source, Number(position)), what);
  if (/end of JSON/.test(reason)) return brokenAt(placeOf(source, source.trimEnd().length), 'it ends too early');
  const [, char] = /^Unexpected token '?(.)'?/u.exec(reason) ?? [];
  if (char === undefined) return broken(reason);
  const at = firstBad(source);
  return at === undefined ? broken(what) : brokenAt(placeOf(source, at), what);
}

/** The end of the longest beginning that is no mistake yet, found by halves: one that ends too early is none. */
function firstBad(source: string): number | undefined {
  let low = 0;
  let high = source.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isMistake(source.slice(0, middle + 1))) high = middle;
    else low = middle + 1;
  }
  return low < source.length ? low : undefined;
}

function isMistake(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return false;
  } catch (error) {
    return (
      !/end of JSON|Unterminated string|after (?:array element|property)|Expected .* in JSON at position/.test(
        String(error),
      ) || !endsHere(beginning, String(error))
    );
  }
}

/** An error at the very end may go away with the next character. */
function endsHere(beginning: string, message: string): boolean {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  return position === undefined || Number(position) >= beginning.length;
}
