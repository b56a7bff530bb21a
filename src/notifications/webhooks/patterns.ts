/** What a webhook wants to hear of. */
export interface Wish {
  /** Types (`bid.judged`), groups (`bid.*`), or `*` for all. */
  readonly types: readonly string[];
  readonly agentId: string | null;
  readonly taskId: string | null;
}

export interface Heard {
  readonly type: string;
  readonly taskId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Whether an event of the webhook's own account is for it. */
export function wants({ types, agentId, taskId }: Wish, event: Heard): boolean {
  if (taskId !== null && event.taskId !== taskId) return false;
  if (agentId !== null && event.data.agent_id !== agentId) return false;
  return types.some((pattern) => fits(pattern, event.type));
}

export function fits(pattern: string, type: string): boolean {
  if (pattern === '*' || pattern === type) return true;
  return pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1));
}

/** Each one once; what a wider one covers goes. */
export function condensed(types: readonly string[]): string[] {
  const distinct = [...new Set(types)];
  return distinct.filter((type) => !distinct.some((other) => other !== type && covers(other, type)));
}

function covers(wide: string, narrow: string): boolean {
  return wide === '*' || (wide.endsWith('.*') && narrow !== '*' && narrow.startsWith(wide.slice(0, -1)));
}
