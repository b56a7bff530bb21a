const BY_EXTENSION: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  css: 'text/css',
  html: 'text/html',
  js: 'text/javascript',
  json: 'application/json',
  md: 'text/markdown',
  sql: 'application/sql',
  svg: 'image/svg+xml',
  ts: 'text/typescript',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  xml: 'application/xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
};

const PROGRAMS = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/vnd.microsoft.portable-executable',
  'application/java-vm',
  'application/x-msi',
]);

/** A name that can be shown and saved anywhere: no folder, no control or bidirectional characters, at most 200 long; null if nothing is left. */
export function safeName(name: string): string | null {
  const base = name.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are to go
  const clean = base.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '').trim();
  if (clean === '' || /^\.+$/.test(clean) || clean.length > 200) return null;
  return clean;
}

/**
 * What a file is: by its bytes where they say so, else by its name if it is text. Null for a program.
 *
 * @param sniffed what the first bytes say; undefined for text and for formats without a mark
 */
export function mediaTypeOf(
  name: string,
  sniffed: { mime: string } | undefined,
  bytes: Uint8Array,
  declared: string,
): string | null {
  if (sniffed && PROGRAMS.has(sniffed.mime)) return null;
  if (sniffed && sniffed.mime !== 'application/xml') return sniffed.mime;
  if (!isText(bytes)) return 'application/octet-stream';
  const extension = name.toLowerCase().split('.').at(-1) ?? '';
  const byName = BY_EXTENSION[extension];
  if (byName) return byName;
  return /^text\/[a-z0-9.+-]{1,60}$/.test(declared) ? declared : 'text/plain';
}

function isText(bytes: Uint8Array): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\u0000');
  } catch {
    return false;
  }
}
