import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { limitsOf, MARKS, type Mark, SECTIONS, standing } from './marks.ts';
import { runSection } from './run.ts';
import { correlation } from './sections/length.ts';
import { bm25 } from './sets/bm25.ts';
import { HOSTILE } from './sets/hostile.ts';
import { market } from './sets/market.ts';
import { PROBLEMS, variants } from './sets/problems.ts';

const ALL: readonly Mark[] = Object.values(MARKS);

describe('the bench of marks', () => {
  test.concurrent.each(SECTIONS)(
    'measures each mark of %s',
    async (section) => {
      const found = await runSection(section, 'small');
      const names = found.map(({ key }) => MARKS[key].name);
      expect(names).toEqual(ALL.filter((mark) => mark.section === section).map(({ name }) => name));
      for (const { value } of found) expect(Number.isFinite(value)).toBe(true);
    },
    60_000,
  );

  test('tells what reaches the aim from what reaches the floor, whichever way is better', () => {
    expect([0.96, 0.98, 1].map((value) => standing(MARKS.named, value))).toEqual(['below', 'floor', 'aim']);
    expect([0.07, 0.05, 0.01].map((value) => standing(MARKS.manipulated, value))).toEqual(['below', 'floor', 'aim']);
    expect(standing(MARKS.dressed, 0)).toBe('-');
  });
});

describe('docs/quality.md', () => {
  const page = readFileSync(new URL('../../docs/quality.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| ([^|]+) \| ([^|]*) \| ([^|]+) \| ([^|]*) \| `(\w+)` \|$/gm)].map((row) =>
    row.slice(1).map((cell) => cell.trim()),
  );

  test('has a row for each mark that is measured, in their order, with its limits', () => {
    expect(rows.map(([name, limits, , , section]) => [name, limits, section])).toEqual(
      ALL.map((mark) => [mark.name, limitsOf(mark), mark.section]),
    );
  });

  test('says how to measure each section', () => {
    for (const section of SECTIONS) expect(page).toContain(`\`${section}\``);
  });
});

describe('the sets', () => {
  test('are the same for the same seed', () => {
    const options = { seed: 3, agents: 50, tasks: 10, named: true, finished: 2 };
    expect(market(options)).toEqual(market(options));
    expect(market(options)).not.toEqual(market({ ...options, seed: 4 }));
  });

  test('have briefs that a capability search must find, and somebody to find', () => {
    const made = market({ seed: 1, named: true });
    expect(made.tasks.every(({ id }) => (made.right[id]?.length ?? 0) > 5)).toBe(true);
    expect(Object.values(bm25(made, false)).every((found) => found.length === 10)).toBe(true);
  });

  test('have a bug in each wrong solution and none of its marks in the right one', () => {
    for (const problem of PROBLEMS) {
      const { right, wrong } = variants(problem);
      expect(right).not.toBe(wrong);
      expect(`${right}${wrong}`).not.toMatch(/[⟨¦⟩]/);
    }
    expect(new Set(HOSTILE.map(({ language, name }) => `${language} ${name}`)).size).toBe(HOSTILE.length);
  });

  test('are correlated as anybody would do it', () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 9);
    expect(correlation([1, 2, 3], [6, 4, 2])).toBeCloseTo(-1, 9);
    expect(correlation([1, 2, 3], [5, 5, 5])).toBe(0);
  });
});
