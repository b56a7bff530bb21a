/** Code in languages that have no parser here: without comments, and whether its brackets and strings close. */

export const LANGUAGES = ['javascript', 'typescript', 'json', 'python', 'sql', 'css', 'shell', 'other'] as const;
export type Language = (typeof LANGUAGES)[number];

const ENDINGS: Record<string, Language> = {
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.jsx': 'javascript',
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
  jsx: 'javascript',
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

const BEGINS_SQL =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]{0,2000}?\*\/)*(?:select\b[\s\S]*?(?:\bfrom\b|;|[*=()])|with\s[\s\S]{0,200}?\bas\s*(?:(?:not )?materialized\s*)?\(|insert\s+into\b|update\s[\s\S]{1,200}?\sset\b|delete\s+from\b|(?:create|alter|drop|truncate)\s+(?:or\s+replace\s+)?(?:temp|temporary|unique|materialized|table|view|index|function|trigger|schema|sequence|type|database|procedure|extension)\b|explain\s+(?:analyze\s+)?select\b)/i;
const BEGINS_LINE =
  /^(?:[})\]@#]|\/\/|\/\*|\*\/?|<\/?\w|(?:import|export|from|const|let|var|function|async|await|class|def|return|if|elif|else|for|while|try|except|finally|catch|throw|raise|with|print|assert|pass|yield|lambda|switch|case|break|continue|type|interface|enum|public|private|static|use|fn|func|package|using|module|global|del|new|do)\b.*[\w)\]}'"\x60:;,{(=>]$)/;
const CODE_MARKS =
  /[;{}()[\],:=]$|^[\w.$[\]'"]+(?:: ?[\w[\], |<>.]+)? (?:[-+*/%|&]|\*\*|\/\/|\?\?|\|\||&&)?= \S|^[\w.$]+\(.*\)[;,]?$/;
/** How much of a text has to look like code, by lines, for it to be code. */
const CODE_SHARE = 0.7;
const READ_CHARS = 100_000;

/** Whether a text without a fence is code from its first line to its last, in whatever language; broken code still is. */
export function isBareCode(text: string): boolean {
  const source = text.slice(0, READ_CHARS).trim();
  if (BEGINS_SQL.test(source)) return !isProse(source);
  if (/^[{[]/.test(source) && /[}\]]$/.test(source)) return true;
  const all = source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const code = all.filter((line) => !PROSE_LINE.test(line) && (BEGINS_LINE.test(line) || CODE_MARKS.test(line)));
  return all.length > 0 && code.length / all.length >= CODE_SHARE && /[=(){}[\];]/.test(source);
}

/** A sentence, and no comment. */
const PROSE_LINE = /^(?:[-*•] |\d+[.)] )?\p{Lu}[\p{L}'’-]*(?:,? [\p{L}'’-]+){3,}[.!?:]?$/u;

function isProse(source: string): boolean {
  return source
    .split('\n')
    .some((line) => PROSE_LINE.test(line.trim()) && !/[;()=*]/.test(line) && /[.!?]$/.test(line.trim()));
}

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
