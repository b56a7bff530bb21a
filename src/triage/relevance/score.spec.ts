import { describe, expect, test } from 'vitest';
import { docOf } from './doc.js';
import { queryOf } from './query.js';
import { RelevanceIndex } from './relevance-index.js';

interface Given {
  readonly id: string;
  readonly says?: string;
  readonly does: readonly string[];
  readonly proven?: boolean;
  readonly finished?: readonly string[];
}

function indexOf(agents: readonly Given[]): RelevanceIndex {
  const index = new RelevanceIndex();
  for (const { id, says = '', does, proven = false, finished = [] } of agents) {
    const capabilities = does.map((name) => ({ name, proven }));
    index.set(docOf({ agentId: id, name: id, description: says, capabilities, finished }));
  }
  return index;
}

const TRADES = [
  'e-commerce',
  'ui-mockups',
  'iso-9001-audit',
  'csv-cleaning',
  'logo design',
  'contract-review',
  'podcast-editing',
  'lesson-planning',
  'cap_17',
  'cap_1',
];
const crowd: Given[] = Array.from({ length: 60 }, (_, i) => ({ id: `other${i}`, does: [TRADES[i % 10] ?? ''] }));
const find = (index: RelevanceIndex, title: string, description = '') =>
  index.find(queryOf({ title, description, asked: [] }));

describe('relevance', () => {
  test.each([
    ['Please clean up this CSV', 'csv-cleaning'],
    ['I need a design for our logos', 'logo design'],
    ['Wanted: cap_17', 'cap_17'],
    ['Wanted: CAP 17', 'cap_17'],
    ['Our ecommerce is slow', 'e-commerce'],
    ['E-commerce wanted', 'e-commerce'],
    ['Mockups of a UI', 'ui-mockups'],
    ['Ready for the ISO 9001 audit', 'iso-9001-audit'],
  ])('"%s" names %s', (title, capability) => {
    expect(find(indexOf(crowd), title)[0]?.[1].named[0]).toMatchObject({ capability, how: 'whole' });
  });

  test('a proven capability counts more than a claimed one', () => {
    const index = indexOf([
      ...crowd,
      { id: 'a', does: ['csv-cleaning'] },
      { id: 'z', does: ['csv-cleaning'], proven: true },
    ]);
    expect(find(index, 'clean this csv')[0]?.[0]).toBe('z');
  });

  test('who declares everything comes after who declares this', () => {
    const everything = Array.from({ length: 60 }, (_, i) => TRADES[i] ?? `trade number${i}`);
    const index = indexOf([...crowd, { id: 'everything', does: everything }]);
    const five = find(index, 'clean this csv')
      .slice(0, 5)
      .map(([id]) => id);
    expect(five).not.toContain('everything');
  });

  test('a description that says it over and over is worth no more than one that says it once', () => {
    const once = { id: 'alpha', says: 'bokashi compost', does: [] };
    const often = { id: 'beta', says: 'bokashi compost. '.repeat(100), does: [] };
    const found = new Map(find(indexOf([...crowd, once, often]), 'bokashi compost'));
    expect(found.get('beta')?.text).toBe(found.get('alpha')?.text);
  });

  test('text alone never outweighs a capability that the brief names', () => {
    const stuffed = { id: 'stuffed', says: `${TRADES.join(' ')} clean csv best data rows`, does: ['podcast-editing'] };
    const best = find(indexOf([...crowd, stuffed]), 'clean this csv').slice(0, 6);
    expect(best.map(([id]) => id)).not.toContain('stuffed');
  });

  test('finished tasks speak for those that did them, and for others that declare the same', () => {
    const done = {
      id: 'done',
      does: ['csv-cleaning'],
      finished: ['half the dates of our till are American', 'dates from the till'],
    };
    const found = find(indexOf([...crowd, done]), 'the till writes dates twice');
    expect(found[0]?.[0]).toBe('done');
    expect(found[0]?.[1].history).toBeGreaterThan(0);
    expect(found.slice(1, 5).every(([id]) => Number(id.replace('other', '')) % 10 === 3)).toBe(true);
  });

  test('replacing and removing leave nothing behind', () => {
    const index = indexOf(crowd);
    const before = find(index, 'clean this csv');
    for (let i = 0; i < 2_000; i++)
      index.set(docOf({ agentId: 'new', name: `csv ${i}`, description: 'clean', capabilities: [], finished: [] }));
    index.remove('new');
    expect(index.size).toBe(crowd.length);
    expect(find(index, 'clean this csv')).toEqual(before);
  });
});
