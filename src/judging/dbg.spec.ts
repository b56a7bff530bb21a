import { test } from 'vitest';
import { taskType } from '../registry/taxonomy.js';
import { briefText } from './brief-text.js';
import { BriefEcho } from './echo.js';
import { shareOf, substanceOf } from './substance.js';

test('dbg', () => {
  for (const slug of ['newsletter', 'job-description']) {
    const t = taskType(slug)!;
    const f = t.fixture;
    const b = briefText({ ...f, category: '' } as never);
    const e = new BriefEcho(b);
    const s = substanceOf([`title: ${f.title}\n\nanswer: ${f.description}`], e);
    console.log(
      f.description,
      '\n',
      JSON.stringify(f.requirements),
      e.size,
      s.sentences.map((x) => `${x.sort}: ${x.text}`).join('\n'),
      shareOf(s, 'echoed'),
      shareOf(s, 'quoted'),
      e.askedAgain(s.sentences.filter((x) => x.sort === 'echoed').flatMap((x) => x.words)),
      e.toldAgain(s.sentences.flatMap((x) => x.words)),
    );
  }
});
