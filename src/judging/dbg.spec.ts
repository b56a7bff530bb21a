import { test } from 'vitest';
import { ECHOES, PADDING } from '../../test/support/hollow-answers.js';
import { categories, taskType, taskTypesOf } from '../registry/taxonomy.js';
import { briefText } from './brief-text.js';
import { BriefEcho, keyTerms, stem } from './echo.js';
import { shareOf, substanceOf } from './substance.js';
import { foldedWords } from './text.js';

test('dbg', () => {
  for (const slug of [
    'commit-message',
    'customer-reply',
    'faq',
    'citation-list',
    'worked-solution',
    'flow-diagram',
    'job-description',
    'meeting-minutes',
  ]) {
    const t = taskType(slug)!;
    const f = t.fixture;
    const e = new BriefEcho(briefText({ ...f, category: '' } as never));
    for (const k of ['with every sixth word changed', 'with neighbours swapped', 'with every seventh word dropped']) {
      const s = substanceOf([ECHOES[k]!(f.description)], e);
      const asking = s.sentences.filter((x) => x.sort === 'echoed').flatMap((x) => x.words);
      console.log(
        slug,
        k,
        'size',
        e.size,
        'echoed',
        shareOf(s, 'echoed').toFixed(2),
        'quoted',
        shareOf(s, 'quoted').toFixed(2),
        'asked',
        e.askedAgain(asking).toFixed(2),
        'told',
        e
          .toldAgain(s.sentences.filter((x) => x.sort === 'echoed' || x.sort === 'quoted').flatMap((x) => x.words))
          .toFixed(2),
        s.sentences
          .filter((x) => x.sort === 'own' || x.sort === 'filler')
          .map((x) => x.sort + ': ' + x.text)
          .join('\n   '),
      );
    }
  }
  for (const t of categories().flatMap((c) => [...taskTypesOf(c.slug)])) {
    const terms = keyTerms(`${t.fixture.title}\n${t.fixture.description}`, 40);
    const said = new Set(foldedWords(PADDING['a text about something else']!('')).map(stem));
    const hits = terms.filter((x) => said.has(x));
    if (hits.length / terms.length >= 0.08) console.log('UN', t.slug, hits.length, terms.length, hits.join());
  }
});
