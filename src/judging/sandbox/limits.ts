/** What a run of tests may take. */
export const SANDBOX = {
  /** Of starting a process of ours, before anything of a stranger's is in it, in ms. */
  startMs: 15_000,
  /** Of one test, of loading the work, and of all that together, in ms. */
  testMs: 5_000,
  suiteMs: 20_000,
  /** A solution that ended itself, or was ended, is started anew for the tests that are left, this often. */
  restarts: 3,
  /** Processor time of one process, in s: the end of whoever outlives the server. */
  cpuS: 30,
  heapMb: 128,
  /** Characters of a solution or a test file. */
  sourceChars: 200_000,
  /** What is read of one process: of a message, and of all. */
  messageBytes: 4 * 2 ** 20,
  saidBytes: 64 * 2 ** 20,
  /** Questions inside of questions: a callback that calls the solution again. */
  nesting: 50,
  /** Runs at a time in one process of ours. Each is up to two processes of its own. */
  atOnce: 2,
  detailChars: 300,
} as const;

/** How long one test, and all tests of a work, may take, in ms. */
export interface Patience {
  readonly testMs: number;
  readonly suiteMs: number;
}
