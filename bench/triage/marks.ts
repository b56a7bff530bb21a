// The marks of a ranking over worlds with known answers.
import type { World } from './worlds.ts';

/** The right agents among the first `k`, as a share of as many as there could be; tasks that nobody fits don't count. */
export function recall({ tasks, right }: World, found: Readonly<Record<string, readonly string[]>>, k = 5): number {
  const shares = tasks.flatMap(({ id }) => {
    const wanted = new Set(right[id]);
    if (wanted.size === 0) return [];
    const hits = (found[id] ?? []).slice(0, k).filter((agent) => wanted.has(agent)).length;
    return [hits / Math.min(k, wanted.size)];
  });
  return mean(shares);
}

/** How often a liar is among the first `k` of a task that it can't do: of all such pools that it could enter. */
export function entered(
  { tasks, right, liars }: World,
  found: Readonly<Record<string, readonly string[]>>,
  k = 5,
): number {
  const entries = liars.flatMap((liar) =>
    tasks.flatMap(({ id }) =>
      right[id]?.includes(liar) ? [] : [(found[id] ?? []).slice(0, k).includes(liar) ? 1 : 0],
    ),
  );
  return mean(entries);
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
