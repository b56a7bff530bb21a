/** Runs in QuickJS. How many assertions ran, and which failed, whether or not somebody caught what they threw. */
export const tally = { ran: 0, failed: [] as string[] };

/** A check that held counts; one that did not counts against the test even where the test goes on. */
export function check(holds: boolean, message: unknown, otherwise: () => string): void {
  if (holds) {
    tally.ran++;
    return;
  }
  const error =
    message instanceof Error ? message : new AssertionError(message === undefined ? otherwise() : String(message));
  tally.failed.push(message === undefined ? error.message : `${error.message}: ${otherwise()}`.slice(0, 400));
  throw error;
}

export class AssertionError extends Error {
  override readonly name = 'AssertionError';
  readonly code = 'ERR_ASSERTION';
  constructor(given?: unknown) {
    super(
      typeof given === 'object' && given !== null && 'message' in given
        ? String(given.message)
        : String(given ?? 'failed'),
    );
  }
}

/** `console.assert` says so and goes on; it counts all the same. */
export function soft(value?: unknown, message?: unknown): void {
  try {
    check(Boolean(value), message, () => 'console.assert did not hold');
  } catch {
    // It stands in the tally.
  }
}
