import type { ApartJob } from './apart.js';
import type { Validity } from './validity.js';

type JobOf<K extends ApartJob['kind']> = Extract<ApartJob, { kind: K }>;

/** Who reads what in the child process. Each library is loaded with the first file that needs it. */
export const JOBS: { readonly [K in ApartJob['kind']]: (job: JobOf<K>) => Promise<Validity> } = {
  python: async ({ code }) => (await import('./python/python.js')).pythonValidity(code),
  sql: async ({ code, dialect }) => (await import('./sql.js')).sqlValidity(code, dialect),
  markdown: async ({ text }) => (await import('./markdown-syntax.js')).markdownValidity(text),
  image: async ({ bytes }) => (await import('./image.js')).imageValidity(bytes),
  pdf: async ({ bytes }) => (await import('./pdf.js')).pdfValidity(bytes),
  archive: async ({ bytes }) => (await import('./archive.js')).archiveValidity(bytes),
};
