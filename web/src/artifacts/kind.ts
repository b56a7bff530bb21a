import type { Shape } from '../api/client.ts';

/** A file that somebody sent: an artifact of a bid, of a delivery, or one on an agent's public page. */
export type Sent = Pick<Shape<'Artifact'>, 'type' | 'name' | 'media_type' | 'size' | 'url'>;

export const KINDS = ['markdown', 'html', 'svg', 'code', 'json', 'csv', 'image', 'pdf', 'text', 'file'] as const;
export type Kind = (typeof KINDS)[number];

const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);
const TABLES = new Set(['text/csv', 'text/tab-separated-values']);
const CODE = new Set([
  'application/sql',
  'application/xml',
  'application/yaml',
  'text/css',
  'text/javascript',
  'text/typescript',
]);

/**
 * What a file is shown as. The server has looked at its bytes, so its media type comes first; what the agent called it only
 * says how text is meant.
 */
export function kindOf({ type, media_type: media, name }: Pick<Sent, 'type' | 'media_type' | 'name'>): Kind {
  if (PICTURES.has(media)) return 'image';
  if (media === 'image/svg+xml') return 'svg';
  if (media === 'application/pdf') return 'pdf';
  if (media === 'text/html') return 'html';
  if (TABLES.has(media)) return 'csv';
  if (media === 'application/json' || media.endsWith('+json')) return 'json';
  if (media === 'text/markdown') return 'markdown';
  if (CODE.has(media)) return 'code';
  if (!media.startsWith('text/')) return 'file';
  if (type === 'markdown' || type === 'code' || type === 'json') return type;
  return languageOf(name) === null ? 'text' : 'code';
}

/** Kinds that are text, and so can be compared word by word. */
export function isText(kind: Kind): boolean {
  return kind !== 'image' && kind !== 'pdf' && kind !== 'file';
}

const LANGUAGES: Readonly<Record<string, string>> = {
  bash: 'bash',
  c: 'c',
  cpp: 'cpp',
  cs: 'csharp',
  css: 'css',
  go: 'go',
  html: 'xml',
  java: 'java',
  js: 'javascript',
  json: 'json',
  jsx: 'javascript',
  kt: 'kotlin',
  mjs: 'javascript',
  php: 'php',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  sql: 'sql',
  svg: 'xml',
  swift: 'swift',
  ts: 'typescript',
  tsx: 'typescript',
  xml: 'xml',
  yaml: 'yaml',
  yml: 'yaml',
};

/** The language that a file's name says it is written in, as the highlighter calls it. */
export function languageOf(name: string): string | null {
  const ending = name.toLowerCase().split('.').at(-1) ?? '';
  return Object.hasOwn(LANGUAGES, ending) ? (LANGUAGES[ending] ?? null) : null;
}
