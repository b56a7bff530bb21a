import type { QualityRule } from '@bakeoff/agent-kit';

// What the words of a brief show. English alone: of another language nothing is said.

const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;
const COMMON = /\b(?:the|and|of|to|for|with|that|this|is|are|in|on|from|must|should|not|please|write|make)\b/giu;
const LEAST_COMMON = 3;

export function wordCount(text: string): number {
  return text.match(WORD)?.length ?? 0;
}

export function isEnglish(text: string): boolean {
  return new Set(text.match(COMMON)?.map((word) => word.toLowerCase())).size >= LEAST_COMMON;
}

interface Vague {
  readonly pattern: RegExp;
  /** With one of these rules it is no guess any more. */
  readonly settledBy?: readonly QualityRule['kind'][];
  readonly suggestion: string;
}

/** Size words count only where no number stands near: "short, under 90 words" says it. */
const VAGUE: readonly Vague[] = [
  {
    pattern:
      /\b(?:(?:too |very |quite |pretty |fairly |nice and )?(?:short|brief|concise|lengthy|detailed|in-depth|in depth)|not too long|long enough)\b/giu,
    settledBy: [
      'words',
      'sentences',
      'characters',
      'paragraphs',
      'lines',
      'max_bytes',
      'pdf_pages',
      'shorter_than_source',
    ],
    suggestion: 'Say it in numbers, or add a rule: { "kind": "words", "max": 300 }.',
  },
  {
    pattern:
      /\b(?:a few|some|several|a couple of|many|lots of|plenty of|multiple)(?= (?:\p{L}+ )?(?:bullets?|points?|examples?|sections?|ideas?|options?|paragraphs?|questions?|slides?|sentences?|tips|variants?|versions?|headlines?|images?|rows)\b)/giu,
    settledBy: [
      'bullets',
      'sections',
      'paragraphs',
      'sentences',
      'csv_rows',
      'json_count',
      'responses_count',
      'headings',
      'table',
    ],
    suggestion: 'Say how many, or add a rule that counts them: { "kind": "bullets", "min": 3, "max": 5 }.',
  },
  {
    pattern:
      /\b(?:engaging|catchy|compelling|eye-catching|beautiful|stunning|amazing|awesome|interesting|modern|sleek|fancy|perfect|high[- ]quality|best possible|user[- ]friendly|world[- ]class|professional[- ]looking|as good as possible)\b/giu,
    suggestion:
      'No two agents read that alike. Say what it is to bring about, name something that is like it, or what you would refuse.',
  },
  {
    pattern: /\b(?:asap|as soon as possible|urgent(?:ly)?|quickly|by tomorrow|right away)\b/giu,
    suggestion: 'All agents have the same time, which the server sets: leave it out.',
  },
  {
    pattern: /\b(?:etc\.?|and so on|and stuff|or something|or whatever|and the like)(?![\p{L}\p{N}])/giu,
    suggestion: 'Write out what belongs to the list: agents fill the gap each in their own way.',
  },
];

const NEAR = 30;

/** Words that a rule or a number would say better, by kind; each word once. */
export function vagueWords(
  text: string,
  {
    quality_rules: rules,
    requirements,
  }: { quality_rules: readonly QualityRule[]; requirements: Readonly<Record<string, unknown>> },
): { words: string[]; suggestion: string }[] {
  const kinds = new Set(rules.map(({ kind }) => kind));
  const hasNumber = Object.entries(requirements).some(
    ([key, value]) => /word|length|size|count|max|min/.test(key) && typeof value === 'number',
  );
  return VAGUE.flatMap(({ pattern, settledBy, suggestion }) => {
    if (settledBy?.some((kind) => kinds.has(kind)) || (settledBy !== undefined && hasNumber)) return [];
    const found = [...text.matchAll(pattern)].filter(
      ({ 0: word, index }) => settledBy === undefined || !hasNumberNear(text, index, word.length),
    );
    const words = [...new Set(found.map(({ 0: word }) => word.trim().toLowerCase()))].slice(0, 5);
    return words.length > 0 ? [{ words, suggestion }] : [];
  });
}

function hasNumberNear(text: string, index: number, length: number): boolean {
  return /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b/i.test(
    text.slice(Math.max(0, index - NEAR), index + length + NEAR),
  );
}

const AUDIENCE =
  /\b(?:audience|readers?|readership|customers?|clients?|users?|visitors?|buyers?|beginners?|experts?|children|kids|students?|pupils|teachers?|parents|developers?|engineers?|managers?|executives?|investors?|employees|staff|colleagues|team|patients?|members|subscribers|public|founders?|people who|those who|anyone|everybody|for (?:my|our|a|an|the) \p{L}+)\b/iu;
const EXAMPLE =
  /\b(?:for example|for instance|e\.g\.|such as|like this|example|sample|modell?ed on|in the style of|similar to)(?![\p{L}])|https?:\/\/|"[^"\n]{8,}"|“[^”\n]{8,}”|```/iu;
const FORMAT =
  /\b(?:format|csv|json|markdown|html|svg|png|pdf|table|bullets?|headings?|headline|paragraphs?|sections?|columns?|rows?|words|characters|sentences?|pages?|lines|slides?|list|steps|function|file|script|query|title|subject line|e-?mail|letter|plain text|code)\b/iu;

export function blankWords(text: string): { audience: boolean; example: boolean } {
  return { audience: !AUDIENCE.test(text), example: !EXAMPLE.test(text) };
}

/** Whether neither words nor rules say what form the answer takes. */
export function formatless(text: string, rules: number): boolean {
  return rules === 0 && !FORMAT.test(text);
}

const ENDING = 'csv|xlsx?|pdf|docx?|txt|json|png|jpe?g|zip|md|srt|vtt';
const FILES = new RegExp(
  `\\b(?:the )?attach(?:ed|ment|ments)\\b|\\b(?:see|use|read|open|from) (?:(?:the|my|our) (?:file|document|spreadsheet|csv|pdf|screenshot|transcript)|[\\w-]{2,40}\\.(?:${ENDING}))\\b`,
  'iu',
);

/** The words that point at a file; null: none do. */
export function pointsAtFiles(text: string): string | null {
  return FILES.exec(text)?.[0] ?? null;
}

const LONG_PARAGRAPH = 1_500;
const MANY_LINES = 12;

/** What in a description is material and no brief; null: nothing. */
export function workInside(text: string): string | null {
  const fenced = /```[^\n]*\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  if (fenced.split('\n').length > MANY_LINES) return `a block of ${fenced.trimEnd().split('\n').length} lines`;
  const rows = longestTable(text.split('\n'));
  if (rows >= MANY_LINES) return `a table of ${rows} lines`;
  const longest = Math.max(...text.split(/\n\s*\n/).map((part) => part.length));
  return longest > LONG_PARAGRAPH ? `a passage of ${longest} characters` : null;
}

/** How many lines in a row have the same number of fields, two at least. */
function longestTable(lines: readonly string[]): number {
  let [longest, running, fields] = [0, 0, 0];
  for (const line of lines) {
    const here = line.split(/[,;\t|]/).length;
    running = here > 2 && here === fields ? running + 1 : here > 2 ? 1 : 0;
    fields = here;
    longest = Math.max(longest, running);
  }
  return longest;
}

const SECRETS: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [
    /\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)[-_][\w-]{12,}|\bgh[pousr]_\w{20,}|\bAKIA[0-9A-Z]{16}\b|\bwhsec_[\w+/=]{16,}|\bbk[oa]_\w{20,}/,
    'a key',
  ],
  [/\bpassword\s*(?:is|[:=])\s*["']?[^\s"']{4,}/i, 'a password'],
];

/** What kind of secret stands in the text, as far as its form tells; null: none. */
export function secretsIn(text: string): string | null {
  return SECRETS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
