import { isText, kindOf, type Sent } from './kind.ts';

/** The two texts of two answers that are most likely the same thing: by name, by kind, or the first of each; null where one has none. */
export function pairOf<File extends Sent>(before: readonly File[], after: readonly File[]): [File, File] | null {
  const [left, right] = [before.filter(isTextFile), after.filter(isTextFile)];
  const rules: ((a: File, b: File) => boolean)[] = [
    (a, b) => a.name === b.name,
    (a, b) => kindOf(a) === kindOf(b),
    () => true,
  ];
  for (const matches of rules) {
    for (const a of left) {
      const b = right.find((one) => matches(a, one));
      if (b) return [a, b];
    }
  }
  return null;
}

function isTextFile(file: Sent): boolean {
  return isText(kindOf(file));
}
