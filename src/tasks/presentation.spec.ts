import { describe, expect, test } from 'vitest';
import { type Fingerprint, fingerprint, type PageRules, presentation } from './presentation.js';
import { type Judged, ranking } from './ranking.js';

const RULES: PageRules = { fewest: 3, most: 5, minScore: 20, seed: '5eed' };

const bid = (bidId: string, low: number, high = low, more: Partial<Judged> = {}): Judged => ({
  bidId,
  low,
  high,
  price: 10,
  receivedAt: new Date(0),
  ...more,
});

const words = (from: number, count: number) => Array.from({ length: count }, (_, at) => `word${from + at}`).join(' ');

function placed(bids: readonly Judged[], texts: Record<string, string> = {}, rules: Partial<PageRules> = {}) {
  const prints = new Map<string, Fingerprint>(Object.entries(texts).map(([id, text]) => [id, fingerprint(text)]));
  return presentation(ranking(bids), prints, { ...RULES, ...rules });
}

const shown = (bids: ReturnType<typeof placed>) =>
  bids.filter(({ position }) => position !== null).map(({ bidId }) => bidId);
const why = (bids: ReturnType<typeof placed>) => Object.fromEntries(bids.map((one) => [one.bidId, one.why]));

describe('a page', () => {
  test('shows no more than there are places, and none that cannot reach the least score', () => {
    const bids = [bid('a', 90), bid('b', 80), bid('c', 70), bid('d', 0, 19)];
    expect(why(placed(bids, {}, { fewest: 2, most: 2 }))).toEqual({ a: null, b: null, c: 'no_place', d: 'low_score' });
    expect(shown(placed([bid('d', 0, 19)]))).toEqual([]);
    expect(placed([])).toEqual([]);
  });

  test('fills the fewest places with whoever is there, and the others only with who may be as good as the best', () => {
    const bids = [bid('a', 80, 90), bid('b', 70, 85), bid('c', 40, 60), bid('d', 60, 79), bid('e', 61, 81)];
    expect(shown(placed(bids)).sort()).toEqual(['a', 'b', 'e']);
    expect(shown(placed(bids, {}, { fewest: 5 })).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    const close = [...'abcdefg'].map((name) => bid(name, 50, 90));
    expect(shown(placed(close))).toHaveLength(5);
  });

  test('takes fewer places than the fewest where the most is smaller', () => {
    expect(
      shown(
        placed(
          [...'abcd'].map((name) => bid(name, 50, 90)),
          {},
          { most: 1 },
        ),
      ),
    ).toEqual(['a']);
  });
});

describe('near-duplicates', () => {
  const text = words(0, 100);
  const retouched = `${words(0, 95)} and then a little more`;

  test('are one bid: the better one stays, and of equally good ones the cheaper, then the earlier', () => {
    const better = placed([bid('a', 60), bid('b', 61)], { a: text, b: retouched });
    expect(why(better)).toEqual({ b: null, a: 'near_duplicate' });
    const cheaper = placed([bid('a', 60), bid('b', 60, 60, { price: 9 })], { a: text, b: text });
    expect(why(cheaper)).toEqual({ b: null, a: 'near_duplicate' });
    const earlier = placed([bid('a', 60, 60, { receivedAt: new Date(5) }), bid('b', 60)], { a: text, b: text });
    expect(why(earlier)).toEqual({ b: null, a: 'near_duplicate' });
  });

  test('leave their place to the next bid', () => {
    const bids = [bid('a', 90), bid('b', 89), bid('c', 50)];
    const texts = { a: text, b: retouched, c: words(500, 100) };
    expect(shown(placed(bids, texts, { fewest: 2, most: 2 }))).toEqual(['a', 'c']);
  });

  test('are found in text of any case, and in files that are no text', () => {
    const upper = placed([bid('a', 60), bid('b', 50)], { a: text, b: text.toUpperCase() });
    expect(why(upper)).toEqual({ a: null, b: 'near_duplicate' });
    const prints = new Map([...'ab'].map((name) => [name, fingerprint('', ['same-hash'])]));
    expect(why(presentation(ranking([bid('a', 60), bid('b', 50)]), prints, RULES)).b).toBe('near_duplicate');
  });

  test('are not what shares half of its text, a dozen words, or nothing at all', () => {
    for (const [a, b] of [
      [words(0, 100), `${words(0, 60)} ${words(200, 40)}`],
      ['Fresh bread, every morning', 'Fresh bread, every morning'],
      ['', ''],
    ] as const) {
      expect(shown(placed([bid('a', 60), bid('b', 50)], { a, b }))).toEqual(['a', 'b']);
    }
  });
});

test('of two equally good bids the one that differs from those shown comes before the one that repeats them', () => {
  const bids = [bid('best', 80, 90), bid('alike', 75, 90), bid('new', 74, 90)];
  const texts = { best: words(0, 100), alike: `${words(0, 75)} ${words(300, 25)}`, new: words(500, 100) };
  expect(shown(placed(bids, texts, { fewest: 2, most: 2 }))).toEqual(['best', 'new']);
});

describe('the order on the page', () => {
  const bids = [...'abcde'].map((name, index) => bid(name, 90 - index));
  const order = (seed: string) =>
    placed(bids, {}, { fewest: 5, seed })
      .toSorted((x, y) => (x.position ?? 0) - (y.position ?? 0))
      .map(({ bidId }) => bidId)
      .join('');

  test('is the same for the same seed, whatever order the bids come in', () => {
    expect(order('one')).toBe(order('one'));
    const reversed = placed([...bids].reverse(), {}, { fewest: 5, seed: 'one' });
    expect(reversed.map(({ bidId, position }) => [bidId, position]).sort()).toEqual(
      placed(bids, {}, { fewest: 5, seed: 'one' })
        .map(({ bidId, position }) => [bidId, position])
        .sort(),
    );
  });

  test('has each bid first about as often as any other', () => {
    const firsts = new Map<string, number>();
    for (let seed = 0; seed < 2_000; seed++) {
      const [first = ''] = order(seed.toString(16));
      firsts.set(first, (firsts.get(first) ?? 0) + 1);
    }
    for (const count of firsts.values()) expect(Math.abs(count - 400)).toBeLessThan(80);
    expect(firsts.size).toBe(5);
  });

  test('keeps the rank by judgement beside it', () => {
    expect(placed(bids, {}, { fewest: 5 }).map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5]);
  });
});
