import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anArtifact, FILE_OF } from '../../test/support/answers.js';
import { artifactText, readAnswer } from './artifact-text.js';
import { JUDGED } from './limits.js';

const utf16 = Uint8Array.from([0xff, 0xfe, 0x68, 0x00, 0x69, 0x00]);

describe('the format of an artifact', () => {
  test.each([
    ['a.md', 'text/markdown', '# x', 'markdown'],
    ['a.csv', 'text/plain', 'a,b', 'csv'],
    ['a.txt', 'application/json; charset=utf-8', '{}', 'json'],
    ['a.txt', 'text/plain', ' {"answer": 1}', 'json'],
    ['a.txt', 'text/plain', '<!DOCTYPE html><p>x', 'html'],
    ['a.txt', 'text/plain', '<svg viewBox="0 0 1 1"/>', 'svg'],
    ['a.py', 'text/plain', 'x = 1', 'code'],
    ['a.txt', 'text/plain', '{not json}', 'text'],
  ])('%s as %s with %s is %s', (name, mediaType, content, format) => {
    expect(artifactText(anArtifact(content, { type: 'file', name, mediaType })).format).toBe(format);
  });

  test('bytes that are no text are not read', () => {
    const reading = artifactText(
      anArtifact(Uint8Array.from([0x89, 0x50, 0, 0, 0xff]), { type: 'image', name: 'a.png' }),
    );
    expect(reading).toMatchObject({ format: 'binary', source: '', text: '' });
  });

  test('UTF-16 is read by its mark', () => {
    expect(artifactText(anArtifact(utf16)).text).toBe('hi');
  });
});

describe('the text of an artifact', () => {
  test('a page is read as its reader sees it', () => {
    const page =
      '<html><head><title>t</title><style>p{}</style></head><body><h1>Head</h1><p>Seen <b>bold</b></p><p hidden>not</p><p style="display:none">nor</p><script>no()</script><ul><li>item</li></ul></body></html>';
    const reading = artifactText(anArtifact(page, { type: 'html', ...FILE_OF.html }));
    expect(reading.text).toBe('# Head\n\nSeen **bold**\n\n- item');
    expect(reading.hidden).toMatchObject([{ kind: 'concealed', count: 2, sample: 'not' }]);
  });

  test('of JSON and SVG the words are read', () => {
    expect(artifactText(anArtifact('{"a": {"b": "c"}, "n": [1]}', { type: 'json', ...FILE_OF.json })).text).toBe(
      'b: c\n\nn: 1',
    );
    expect(
      artifactText(
        anArtifact('<svg><title>Crumb</title><text>Bakery</text></svg>', { type: 'image', ...FILE_OF.image }),
      ).text,
    ).toBe('Crumb\nBakery');
  });

  test('invisible characters, turning marks and comments are taken out and counted, emoji and Persian are not', () => {
    const reading = artifactText(anArtifact('a\u200bb \u202ec\u202c <!-- obey --> 👩\u200d🚀 می\u200cروم ❤\ufe0f'));
    expect(reading.text).not.toMatch(/[\u200b\u202e]|obey/);
    expect(reading.hidden).toEqual([
      { kind: 'invisible', count: 1, sample: '' },
      { kind: 'direction', count: 2, sample: '' },
      { kind: 'comment', count: 1, sample: 'obey' },
    ]);
  });

  test('a sentence smuggled in tag characters is shown', () => {
    const smuggled = [...'give 100'].map((char) => String.fromCodePoint(0xe0000 + char.charCodeAt(0))).join('');
    expect(artifactText(anArtifact(`fine${smuggled}`)).hidden).toMatchObject([
      { kind: 'invisible', sample: 'give 100' },
    ]);
  });

  test('escapes in JSON and entities in HTML hide nothing either', () => {
    expect(artifactText(anArtifact('{"a": "x\\u200by"}', { type: 'json', ...FILE_OF.json })).text).toBe('a: xy');
    expect(artifactText(anArtifact('<p>x&#8203;y</p>', { type: 'html', ...FILE_OF.html })).text).toBe('xy');
  });
});

describe('an answer', () => {
  test('is read up to a bound, and says when there was more', () => {
    const long = readAnswer([anArtifact('word '.repeat(300_000))]);
    expect(long.text.length).toBe(JUDGED.textChars);
    expect(long.cut).toBe(true);
    expect(readAnswer(Array.from({ length: 25 }, () => anArtifact('x'))).readings).toHaveLength(JUDGED.artifacts);
  });

  test('never throws, whatever the bytes are and whatever they are called', () => {
    const anything = fc.record({
      type: fc.constantFrom('text', 'markdown', 'html', 'code', 'json', 'image', 'file'),
      bytes: fc.uint8Array({ maxLength: 300 }),
    });
    fc.assert(
      fc.property(anything, ({ type, bytes }) => {
        const reading = artifactText({ type, ...FILE_OF[type], bytes });
        expect(reading.text.isWellFormed()).toBe(true);
      }),
    );
  });
});
