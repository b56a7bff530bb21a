/**
 * How much of an answer is judged. Whatever lies beyond is not read, and rules that would have needed it say so.
 * The numbers keep the worst input we know of for each parser well under a second on one slow core.
 */
export const JUDGED = {
  /** Characters of one artifact, and of all artifacts of an answer together. */
  sourceChars: 1_000_000,
  answerChars: 2_000_000,
  artifacts: 20,
  /** Characters that are read as prose: words, sentences, relation to the brief. */
  textChars: 200_000,
  /** HTML and SVG, after embedded files (`data:` addresses) were shortened. */
  markupChars: 256_000,
  elements: 20_000,
  markupDepth: 200,
  /** Declaring many names makes a JavaScript parser quadratic: 200 000 characters are 0.7 s at the worst. */
  codeChars: 200_000,
  csvCells: 500_000,
  jsonValues: 100_000,
  jsonDepth: 100,
  /** One regular expression or one JSON Schema, in ms of processor time, in a worker that is ended when it takes more. */
  limitedMs: 500,
  /** One file in the child process that reads binaries and large languages: ms of processor time, and MB above what it starts with. */
  apartMs: 4_000,
  apartMb: 400,
  /** All artifacts of an answer together, in ms of processor time where they are read apart: the next ones are left open. */
  validityMs: 8_000,
  imagePixels: 50_000_000,
  pdfPages: 100,
  archiveEntries: 5_000,
  archiveBytes: 100_000_000,
  evidenceChars: 300,
} as const;
