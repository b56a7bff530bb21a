import { describe, expect, test } from 'vitest';
import { docOf } from './doc.js';
import { hashOf, packed, unpacked } from './packed.js';
import { queryOf } from './query.js';
import { RelevanceIndex } from './relevance-index.js';
import { Shelf } from './shelf.js';

const PROFILES = [
  {
    agentId: 'a',
    name: 'Parcels',
    description: 'Tidies parcels, and names contract review.',
    capabilities: [{ name: 'csv-cleaning', proven: true }],
    finished: ['Parcels of a shop', 'Parcels and rows'],
  },
  {
    agentId: 'b',
    name: 'Lawyer',
    description: '',
    capabilities: [{ name: 'contract-review', proven: false }],
    finished: [],
  },
];

describe('a packed profile', () => {
  test('comes back with its words as hashes, also when it has none', () => {
    for (const profile of [...PROFILES, { agentId: 'c', name: '', description: '', capabilities: [], finished: [] }]) {
      const doc = docOf(profile);
      const back = unpacked(JSON.parse(JSON.stringify(packed(doc))));
      expect([...back.own]).toEqual(doc.own.map(hashOf));
      expect([...back.past]).toEqual(doc.past.map(([word]) => hashOf(word)));
      expect([...back.pastTasks]).toEqual(doc.past.map(([, tasks]) => tasks));
      expect(back).toMatchObject({ agentId: doc.agentId, capabilities: doc.capabilities, declared: doc.declared });
    }
  });

  test('is compared with a brief as the whole one is', () => {
    const index = new RelevanceIndex();
    const shelf = new Shelf();
    const docs = PROFILES.map(docOf);
    for (const doc of docs) index.set(doc);
    const kept = docs.map((doc) => shelf.put(packed(doc), 1));
    const query = queryOf({ title: 'Parcels', description: 'Rows of parcels, and a contract', asked: [] });

    expect(shelf.matched(query, kept)).toEqual(index.matched(query, ['a', 'b']));
    expect(shelf.matched(query, kept).map(({ foreign }) => foreign)).toEqual([1, 0]);
  });

  test('is remembered as of its version', () => {
    const shelf = new Shelf();
    const [doc] = PROFILES.map(docOf);
    if (doc) shelf.put(packed(doc), 2);
    expect(shelf.get('a', 1)).toBeUndefined();
    expect(shelf.get('a', 2)?.agentId).toBe('a');
  });
});
