import type { Examples } from './forge.ts';

const QUOTED = /["“`']([^"”`'\n]{1,200})["”`']/g;

/** New examples out of a buyer's notes. What they say now goes before what was said first. */
export function withNotes(
  { accept, reject, maxLength }: Examples,
  notes: string,
): { examples: Examples; understood: string[] } {
  const more: string[] = [];
  const fewer: string[] = [];
  const understood: string[] = [];
  for (const clause of notes.slice(0, 4_000).split(/[.;\n](?=\s|$)|\bbut\b/i)) {
    const isBad = /\b(?:not|never|reject|refuse|exclude|no longer|mustn't|shouldn't|without)\b/i.test(clause);
    const found = [...clause.matchAll(QUOTED)].map(([, example = '']) => example);
    (isBad ? fewer : more).push(...found);
    if (found.length > 0)
      understood.push(`${found.length} new ${isBad ? 'bad' : 'good'} ${found.length === 1 ? 'example' : 'examples'}`);
    if (
      /\b(?:ignore|any|either|regardless of)\b[^.]{0,10}\bcase\b|\bcase[- ]insensitive\b|\blower ?case too\b/i.test(
        clause,
      )
    ) {
      more.push(...accept.flatMap((example) => [example.toLowerCase(), example.toUpperCase()]));
      understood.push('letters in either case');
    }
  }
  const good = [...new Set([...accept.filter((example) => !fewer.includes(example)), ...more])].slice(0, 120);
  const bad = [...new Set([...reject.filter((example) => !good.includes(example)), ...fewer])];
  return { examples: { accept: good, reject: bad, maxLength }, understood };
}
