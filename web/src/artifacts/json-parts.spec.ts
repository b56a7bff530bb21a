import { describe, expect, test } from 'vitest';
import { parseJson, shown, tableOf } from './json-parts.ts';

describe('JSON of a stranger', () => {
  test('is shown with the digits that were sent', () => {
    expect(shown(parseJson('12345678901234567890'))).toBe('12345678901234567890');
    expect(shown(parseJson('1.50'))).toBe('1.5');
  });

  test('cannot reach the prototype of anything', () => {
    const value = parseJson('{"__proto__":{"polluted":true}}');
    expect(Object.entries(value as object)).toEqual([['__proto__', { polluted: true }]]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(tableOf(parseJson('[{"__proto__":1},{"toString":2}]'))).toEqual({
      columns: ['__proto__', 'toString'],
      rows: [
        [1, ''],
        ['', 2],
      ],
    });
  });

  test('is a table where it is a list of flat objects', () => {
    expect(tableOf(parseJson('[{"a":1,"b":"x"},{"b":null}]'))).toEqual({
      columns: ['a', 'b'],
      rows: [
        [1, 'x'],
        ['', null],
      ],
    });
    for (const text of ['[]', '{}', '[1]', '[{"a":{}}]', '[{"a":[1]}]', '"x"'])
      expect(tableOf(parseJson(text)), text).toBeNull();
  });
});
