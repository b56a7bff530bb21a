const STEP = '  ';

/**
 * JSON with a line for each member, however it was cut off: what is no JSON comes back as it is. For text that is shown, so
 * nothing is added or left out but white space between tokens.
 */
export function prettyJson(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  let depth = 0;
  let out = '';
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{},:]|[^\s"[\]{},:]+/gs)) {
    if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1);
      out = /[[{]\n\s*$/.test(out) ? `${out.trimEnd()}${token}` : `${out}${line(depth)}${token}`;
    } else if (token === '{' || token === '[') out += token + line(++depth);
    else if (token === ',') out += token + line(depth);
    else out += token === ':' ? ': ' : token;
  }
  return out;
}

const line = (depth: number) => `\n${STEP.repeat(depth)}`;
