import fc from 'fast-check';

/**
 * Texts of any code points, halves of pairs included. As fast-check's own unit `binary`, which makes a table of all
 * million code points first: that takes a second in each process.
 */
export function anyText(maxLength = 10): fc.Arbitrary<string> {
  return fc
    .array(fc.integer({ min: 0, max: 0x10_ff_ff }), { maxLength })
    .map((points) => String.fromCodePoint(...points));
}
