/** Code in languages that have no parser here: without comments, and whether its brackets and strings close. */

export const LANGUAGES = ['javascript', 'typescript', 'json', 'python', 'sql', 'css', 'shell', 'other'] as const;
export type Language = (typeof LANGUAGES)[number];

const ENDINGS: Record<string, Language> = {
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.json': 'json',
  '.py': 'python',
  '.sql': 'sql',
  '.css': 'css',
  '.scss': 'css',
  '.sh': 'shell',
  '.bash': 'shell',
};

const ALIASES: Record<string, Language> = {
  js: 'javascript',
  node: 'javascript',
  ts: 'typescript',
  py: 'python',
  bash: 'shell',
  sh: 'shell',
  postgresql: 'sql',
  mysql: 'sql',
  sqlite: 'sql',
};

/** The language of a file ending or of a fence's name; undefined where neither says. */
export function languageOf(name: string): Language | undefined {
  const known = ENDINGS[name] ?? ALIASES[name];
  return known ?? LANGUAGES.find((language) => language === name && language !== 'other');
}

interface Syntax {
  readonly line: readonly string[];
  readonly block: readonly (readonly [string, string])[];
  /** Longest first, since `"""` begins with `"`. */
  readonly quotes: readonly string[];
}

const C_LIKE: Syntax = { line: ['//'], block: [['/*', '*/']], quotes: ['"', "'", '`'] };
const SYNTAX: Record<Language, Syntax> = {
  javascript: C_LIKE,
  typescript: C_LIKE,
  json: { line: [], block: [], quotes: ['"'] },
  python: { line: ['#'], block: [], quotes: ['"""', "'''", '"', "'"] },
  sql: { line: ['--'], block: [['/*', '*/']], quotes: ["'", '"'] },
  css: { line: [], block: [['/*', '*/']], quotes: ['"', "'"] },
  shell: { line: ['#'], block: [], quotes: ['"', "'"] },
  other: { line: ['//', '#'], block: [['/*', '*/']], quotes: ['"', "'"] },
};

export interface Scanned {
  /** Without comments; strings stay. */
  readonly code: string;
  /** The first bracket or string that doesn't close. */
  readonly problem: string | undefined;
}

const PAIRS: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** One pass from left to right; linear, and nothing nests in it. */
export function scanCode(source: string, language: Language): Scanned {
  const { line, block, quotes } = SYNTAX[language];
  const open: string[] = [];
  let code = '';
  let problem: string | undefined;
  for (let at = 0; at < source.length; ) {
    const comment = line.find((mark) => source.startsWith(mark, at));
    const remark = block.find(([mark]) => source.startsWith(mark, at));
    const quote = quotes.find((mark) => source.startsWith(mark, at));
    const char = source[at] ?? '';
    if (comment !== undefined) at = endOf(source, '\n', at);
    else if (remark !== undefined) at = endOf(source, remark[1], at + 2) + 2;
    else if (quote !== undefined) {
      const end = stringEnd(source, quote, at + quote.length);
      if (end < 0) problem ??= `a string that begins with ${quote} does not end`;
      const next = end < 0 ? endOf(source, '\n', at + 1) : end;
      code += source.slice(at, next);
      at = next;
    } else {
      if ('([{'.includes(char)) open.push(char);
      if (PAIRS[char] !== undefined && open.pop() !== PAIRS[char]) problem ??= `an unexpected "${char}"`;
      code += char;
      at++;
    }
  }
  return { code, problem: problem ?? (open.length > 0 ? `${open.length} brackets do not close` : undefined) };
}

function endOf(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  return at < 0 ? source.length : at;
}

/** Where a string ends, or -1. Only long quotes and backticks go over lines. */
function stringEnd(source: string, quote: string, from: number): number {
  const long = quote.length > 1 || quote === '`';
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source.startsWith(quote, at)) return at + quote.length;
    else if (source[at] === '\n' && !long) return -1;
  }
  return -1;
}
