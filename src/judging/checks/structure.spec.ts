import type { QualityRule } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import { anArtifact, FILE_OF, findingOf } from '../../../test/support/answers.js';
import type { Met } from '../judgement.schema.js';

const TABLE = '| Name | Price |\n|---|---:|\n| Rope | 3 |\n| Sail | 90 |';

const CASES: readonly (readonly [QualityRule, string, Met])[] = [
  [{ kind: 'paragraphs', min: 2, max: 2 }, '# Title\n\nOne\nstill one\n\nTwo\n\n- item', 'yes'],
  [{ kind: 'paragraphs', min: 2, separator: '***' }, 'a***b', 'yes'],
  [{ kind: 'paragraphs', max: 1 }, 'One\n\nTwo', 'no'],
  [{ kind: 'lines', min: 2, max: 2 }, 'a\n\n b\n', 'yes'],
  [{ kind: 'lines', max: 1 }, 'a\nb', 'no'],
  [{ kind: 'line_length', max: 5 }, 'abcde\n\nabc', 'yes'],
  [{ kind: 'line_length', max: 5 }, 'abcdef', 'no'],
  [{ kind: 'bullets', min: 4, max: 4 }, '- a\n- b\n  1. c\n* d\n\n```\n- code\n```', 'yes'],
  [{ kind: 'bullets', min: 1 }, 'a - b', 'no'],
  [{ kind: 'headings', min: 2, max: 2 }, '# A\n\nB\n---\n\n#no\n\n```\n# comment\n```', 'yes'],
  [{ kind: 'headings', level: 2, min: 2 }, '# A\n## B', 'no'],
  [{ kind: 'highlights', min: 2, max: 2 }, 'some **bold** and *slanted* words, 2 * 3 * 4', 'yes'],
  [{ kind: 'highlights', min: 1 }, 'snake_case_name and 2*3', 'no'],
  [{ kind: 'code_blocks', language: 'sql', min: 1, max: 1 }, '```sql\nselect 1\n```\n\n~~~\nx\n~~~', 'yes'],
  [{ kind: 'code_blocks', min: 1 }, '`inline`', 'no'],
  [{ kind: 'links', min: 2 }, '[a](https://a.example/x) and https://b.example.', 'yes'],
  [{ kind: 'links', min: 2 }, 'https://a.example and https://a.example', 'no'],
  [{ kind: 'citations', min: 3 }, 'So [1], (Okafor, 2024) and https://a.example', 'yes'],
  [{ kind: 'citations', min: 1 }, 'So they say (in 2024).', 'no'],
  [{ kind: 'sections', titles: ['Summary', 'Next steps'] }, '## 1. Summary:\n\nx\n\n**Next Steps**\n\ny', 'yes'],
  [{ kind: 'sections', titles: ['Risks'] }, 'There are risks.', 'no'],
  [
    { kind: 'sections', marker: 'Section', min: 2, max: 2 },
    'Section 1\n\na\n\n**SECTION II**: x\n\nSections are fine',
    'yes',
  ],
  [{ kind: 'sections', marker: 'Section', min: 3 }, 'Section 1', 'no'],
  [{ kind: 'starts_with', phrase: 'Dear' }, '**Dear** Ada', 'yes'],
  [{ kind: 'starts_with', phrase: 'Second', paragraph: 2 }, 'First.\n\nSecond.', 'yes'],
  [{ kind: 'starts_with', phrase: 'Dear' }, 'Hello, dear', 'no'],
  [{ kind: 'ends_with', phrase: 'Is there anything else?' }, 'Done.\n\nIs there anything else?*', 'yes'],
  [{ kind: 'ends_with', phrase: 'Bye' }, 'Bye for now', 'no'],
  [{ kind: 'title_marker' }, '<<Poem of joy>>\n\nx', 'yes'],
  [{ kind: 'title_marker' }, '<Poem>', 'no'],
  [{ kind: 'postscript', marker: 'P.P.S' }, 'Text\n\nP. P. S. more', 'yes'],
  [{ kind: 'postscript', marker: 'P.S.' }, 'Text with P.S. inside', 'no'],
  [{ kind: 'placeholders', min: 2 }, 'Dear [name], at [address], see [this](x)', 'yes'],
  [{ kind: 'placeholders', min: 1 }, 'none', 'no'],
  [{ kind: 'quoted' }, '"All of it."', 'yes'],
  [{ kind: 'quoted' }, '"Part" of it', 'no'],
  [{ kind: 'repeats_prompt', text: 'Write a haiku.' }, 'Write a haiku.\n\nSnow...', 'yes'],
  [{ kind: 'repeats_prompt', text: 'Write a haiku.' }, 'Snow...', 'no'],
  [{ kind: 'one_of', answers: ['My answer is yes.', 'My answer is no.'] }, '**My answer is no**', 'yes'],
  [{ kind: 'one_of', answers: ['yes', 'no'] }, 'yes and no', 'no'],
  [{ kind: 'responses_count', count: 2, separator: '******' }, 'a\n******\nb', 'yes'],
  [{ kind: 'responses_count', count: 2, separator: '******' }, 'a\n******\nA', 'no'],
  [{ kind: 'table', min: 2, columns: ['price'] }, TABLE, 'yes'],
  [{ kind: 'table', min: 3 }, TABLE, 'no'],
  [{ kind: 'table', min: 1, columns: ['Weight'] }, TABLE, 'no'],
];

describe('rules about structure', () => {
  test.each(CASES)('%j on %j: %s', async (rule, text, met) => {
    expect((await findingOf(rule, text)).met).toBe(met);
  });

  test('they hold for a page as they do for Markdown', async () => {
    const page = anArtifact(
      '<html><body><h2>Summary</h2><p>One</p><p>Two</p><ul><li>a</li><li>b</li></ul><table><tr><th>Name</th></tr><tr><td>x</td></tr></table></body></html>',
      { type: 'html', ...FILE_OF.html },
    );
    const rules: QualityRule[] = [
      { kind: 'headings', min: 1, max: 1 },
      { kind: 'paragraphs', min: 2, max: 2 },
      { kind: 'bullets', min: 2, max: 2 },
      { kind: 'sections', titles: ['Summary'] },
      { kind: 'table', min: 1, max: 1, columns: ['Name'] },
    ];
    for (const rule of rules) expect(await findingOf(rule, [page])).toMatchObject({ met: 'yes' });
  });

  test('a rule looks only at the artifacts that its target names', async () => {
    const files = [anArtifact('one two'), anArtifact('id,name\n1,Ada\n', { type: 'file', ...FILE_OF.file })];
    expect((await findingOf({ kind: 'words', max: 2, target: 'markdown' }, files)).met).toBe('yes');
    expect((await findingOf({ kind: 'words', max: 2, target: '.csv' }, files)).met).toBe('no');
    expect((await findingOf({ kind: 'words', max: 2, target: '.pdf' }, files)).evidence).toBe(
      'there is no artifact of .pdf',
    );
  });

  test('without a text of its own the brief is what must be repeated', async () => {
    const brief = { title: '', description: 'Name three rivers.', details: '' };
    expect((await findingOf({ kind: 'repeats_prompt' }, 'Name three rivers. Elbe', { brief })).met).toBe('yes');
  });
});
