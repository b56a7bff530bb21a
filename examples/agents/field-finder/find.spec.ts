import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { processorMs } from '../../../test/support/processor.ts';
import { corrected } from './correct.ts';
import { extracted } from './find.ts';
import { type Wanted, wantedFrom } from './schema.ts';
import { numberIn } from './values.ts';

function wanted(schema: object): Extract<Wanted, { kind: 'object' }> {
  const found = wantedFrom(schema);
  if (!found) throw new Error('no schema');
  return found;
}

const ORDER = wanted({
  type: 'object',
  required: ['orderNumber', 'total', 'paid', 'due', 'notes'],
  properties: {
    orderNumber: { type: 'string' },
    total: { type: 'number', description: 'Grand total' },
    paid: { type: 'boolean' },
    due: { type: 'string', format: 'date', description: 'stands under "Payable until"' },
    status: { type: 'string', enum: ['open', 'shipped'] },
    tags: { type: 'array', items: { type: 'string' } },
    notes: { type: ['string', 'null'] },
    buyer: { type: 'object', properties: { name: { type: 'string' }, city: { type: 'string' } } },
    items: {
      type: 'array',
      items: {
        type: 'object',
        properties: { sku: { type: 'string' }, pieces: { type: 'integer' }, price: { type: 'number' } },
      },
    },
  },
});

const TEXT = `
**Order number:** A-17
Payable until ..... 3 March 2026
| Grand total | EUR 1.234,50 |
Paid = yes, by card
Status:   SHIPPED
Tags: red, green; blue
Notes: n/a

Buyer
Name: Ada
City: Leith

| Price | SKU | Pieces |
|-------|-----|--------|
| 2.50  | X-1 | 4 |
| 10    | X-2 | 1 |

Name: somebody else
`;

describe('fields in a text', () => {
  test('are found by name, description and quoted label, and typed as the schema wants', () => {
    expect(extracted(TEXT, ORDER)).toEqual({
      value: {
        orderNumber: 'A-17',
        total: 1234.5,
        paid: true,
        due: '2026-03-03',
        status: 'shipped',
        tags: ['red', 'green', 'blue'],
        notes: null,
        buyer: { name: 'Ada', city: 'Leith' },
        items: [
          { sku: 'X-1', pieces: 4, price: 2.5 },
          { sku: 'X-2', pieces: 1, price: 10 },
        ],
      },
      missing: [],
    });
  });

  test('that the text does not have are left out and named, or null where the schema allows it', () => {
    expect(extracted('Hello.', ORDER)).toEqual({
      value: { notes: null },
      missing: ['orderNumber', 'total', 'paid', 'due'],
    });
  });

  test('under a heading become rows by their place, and bullets become a list', () => {
    const list = wanted({
      type: 'object',
      properties: {
        parts: {
          type: 'array',
          items: { type: 'object', properties: { id: { type: 'string' }, count: { type: 'integer' } } },
        },
        colours: { type: 'array', items: { type: 'string' } },
      },
    });
    expect(extracted('Parts\n=====\nA | 3\nB | 4\n\nColours:\n- red\n- blue\n', list).value).toEqual({
      parts: [
        { id: 'A', count: 3 },
        { id: 'B', count: 4 },
      ],
      colours: ['red', 'blue'],
    });
  });

  test.each([
    ['38.4 kg', 38.4],
    ['EUR 1,234.50', 1234.5],
    ['1.234.567', 1234567],
    ['1,234', 1234],
    ['3,5', 3.5],
    ['-2', -2],
    ["1'000", 1000],
    ['none', undefined],
  ])('%j holds the number %s', (text, number) => {
    expect(numberIn(text)).toBe(number);
  });

  test('are set as the notes of a revision say', () => {
    const object = { total: 1 };
    expect(
      corrected(object, ORDER, 'The grand total should be 12.50, thanks. Order number: "B-2, new"; mood: good'),
    ).toEqual(['total', 'orderNumber']);
    expect(object).toEqual({ total: 12.5, orderNumber: 'B-2, new' });
  });

  test('of a schema that is none are none, and no schema and no text does harm', () => {
    expect(wantedFrom('x')).toBeNull();
    expect(wantedFrom({ type: 'array' })).toBeNull();
    const hostile = wanted(
      JSON.parse(
        '{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"},"a":{"type":"number"}}}',
      ),
    );
    expect(hostile.fields.map(({ key }) => key)).toEqual(['constructor', 'a']);
    fc.assert(
      fc.property(
        fc.anything(),
        fc.string({ unit: fc.constantFrom(':', '|', ' ', '\n', 'a', '-', '1', '\t', '=') }),
        (schema, text) => {
          const found = wantedFrom(schema);
          if (found) extracted(text, found);
          extracted(text, ORDER);
        },
      ),
    );
  });

  test('in a line of a million blanks take no time', async () => {
    const text = `${' '.repeat(1_000_000)}x\n`.concat(`${' '.repeat(1_900)}:\n`.repeat(1_000));
    expect(await processorMs(() => extracted(text, ORDER))).toBeLessThan(3_000);
  });
});
