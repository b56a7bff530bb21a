/** Remembers what `read` made of an object for as long as the object lives: many rules ask for the same parse. */
export function memo<K extends object, V>(read: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const before = known.get(key);
    if (before) return before.value;
    const value = read(key);
    known.set(key, { value });
    return value;
  };
}

/** The last results by text, for what is asked of the same text again and again; one beyond `mostChars` is read anew each time. */
export function remembered<V>(
  read: (text: string) => V,
  { size, mostChars }: { readonly size: number; readonly mostChars: number },
): (text: string) => V {
  const known = new Map<string, { readonly value: V }>();
  return (text) => {
    if (text.length > mostChars) return read(text);
    const before = known.get(text);
    if (before) return before.value;
    const value = read(text);
    if (known.size >= size) forgetOldest(known);
    known.set(text, { value });
    return value;
  };
}

function forgetOldest(known: Map<string, unknown>): void {
  const [oldest] = known.keys();
  if (oldest !== undefined) known.delete(oldest);
}

/** What came of parsing: a value, a mistake of the author's, or more than is judged here. */
export type Parsed<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'bad'; readonly reason: string }
  | { readonly kind: 'too_much'; readonly reason: string };

/** Thrown inside a parser's callbacks to leave it. */
export class TooMuch extends Error {}
