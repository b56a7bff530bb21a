/** The containers that were passed, with those inside of them. */
export function reach(values: readonly unknown[], isHandle: (thing: object) => boolean): Set<object> {
  const found = new Set<object>();
  const left: unknown[] = [...values];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== 'object' || value === null || found.has(value) || isHandle(value)) continue;
    found.add(value);
    if (value instanceof Map) for (const pair of value) left.push(...pair);
    else if (value instanceof Set || Array.isArray(value)) for (const each of value) left.push(each);
    else if (!ArrayBuffer.isView(value)) left.push(...Object.values(value));
  }
  return found;
}
