import { describe, expect, test } from 'vitest';
import { svgBox } from './svg-box.ts';

describe('the size of a drawing', () => {
  test.each([
    ['<svg width="240" height="120px">', { width: 240, height: 120 }],
    ['<?xml version="1.0"?>\n<svg\n viewBox="0 0 24, 12">', { width: 24, height: 12 }],
    ["<svg width='100%' height='100%' viewBox='0 0 30 20'>", { width: 30, height: 20 }],
    ['<svg stroke-width="3" viewBox="0 0 30 20">', { width: 30, height: 20 }],
  ])('%s says its own', (text, box) => expect(svgBox(text)).toEqual(box));

  test.each([
    '<svg>',
    '<svg width="0" height="5">',
    '<svg width="1e9" height="9999999">',
    '<svg viewBox="a b c d">',
    'none',
  ])('%s says none that makes sense', (text) => expect(svgBox(text)).toBeNull());
});
