/** What keeps a process from running and its operator can mend: told in one line, without a stack. Everything else is a bug and shown whole. */
export abstract class ForOperator extends Error {}

export function explained(err: unknown): unknown {
  return err instanceof ForOperator ? err.message : err;
}
