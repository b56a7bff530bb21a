import type { QualityRule } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import { anArtifact, FILE_OF, findingOf } from '../../../test/support/answers.js';
import { processorMs } from '../../../test/support/processor.js';
import type { Met } from '../judgement.schema.js';

const html = (content: string) => [anArtifact(content, { type: 'html', ...FILE_OF.html })];
const svg = (content: string) => [anArtifact(content, { type: 'image', ...FILE_OF.image })];

const PAGE =
  '<!doctype html><html lang="en"><head><title>Ferry</title><style>p{color:#222}</style></head><body><main><h1>Ferry</h1><p><a href="https://a.example">x</a><img src="data:image/png;base64,AAAA" alt="boat"></p><form><label for="q">Port</label><input id="q"></form></main></body></html>';
const DRAWING = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">${inner}</svg>`;
const LOGO = DRAWING(
  '<rect width="9" height="9" fill="#ABC"/><circle r="3" style="fill: rgb(170, 187, 204); stroke:black"/>',
);
const LAUGHS = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>${DRAWING('<text>&c;</text>')}`;

const HTML_CASES: readonly (readonly [QualityRule, string, Met])[] = [
  [{ kind: 'html_valid' }, PAGE, 'yes'],
  [{ kind: 'html_valid' }, '<p class="a" class="b">x</p>', 'no'],
  [{ kind: 'html_valid' }, '<div>'.repeat(1_000), 'unknown'],
  [{ kind: 'html_has', tags: ['title', 'h1', 'main', 'body'] }, PAGE, 'yes'],
  [{ kind: 'html_has', tags: ['body'] }, '<p>x</p>', 'no'],
  [{ kind: 'html_safe' }, PAGE, 'yes'],
  [{ kind: 'html_safe' }, '<script>1</script>', 'no'],
  [{ kind: 'html_safe' }, '<p onclick="x()">x</p>', 'no'],
  [{ kind: 'html_safe' }, '<a href="java&#10;script:alert(1)">x</a>', 'no'],
  [{ kind: 'html_safe' }, '<img src="//evil.example/x.png">', 'no'],
  [{ kind: 'html_safe' }, '<style>@import "https://evil.example/a.css";</style><p>x</p>', 'no'],
  [{ kind: 'html_safe' }, '<meta http-equiv="refresh" content="0;url=https://evil.example">', 'no'],
  [{ kind: 'html_accessible' }, PAGE, 'yes'],
  [
    { kind: 'html_accessible' },
    '<html><head><title>x</title></head><body><img src="a.png"><input></body></html>',
    'no',
  ],
];

const SVG_CASES: readonly (readonly [QualityRule, string, Met])[] = [
  [{ kind: 'svg_valid' }, LOGO, 'yes'],
  [{ kind: 'svg_valid' }, DRAWING('<defs><rect/></defs>'), 'no'],
  [{ kind: 'svg_valid' }, '<svg><rect></svg>', 'no'],
  [{ kind: 'svg_valid' }, LAUGHS, 'no'],
  [{ kind: 'svg_valid' }, `<svg>${'<g>'.repeat(1_000)}`, 'unknown'],
  [{ kind: 'svg_safe' }, LOGO, 'yes'],
  [{ kind: 'svg_safe' }, DRAWING('<script>1</script><rect/>'), 'no'],
  [{ kind: 'svg_safe' }, DRAWING('<rect onload="x()"/>'), 'no'],
  [{ kind: 'svg_safe' }, DRAWING('<foreignObject/>'), 'no'],
  [{ kind: 'svg_safe' }, DRAWING('<image href="https://evil.example/x.png"/>'), 'no'],
  [{ kind: 'svg_safe' }, DRAWING('<style>rect{fill:url(https://evil.example/#x)}</style><rect/>'), 'no'],
  [{ kind: 'svg_safe' }, DRAWING('<use href="#a"/><rect id="a" fill="url(#g)"/>'), 'yes'],
  [{ kind: 'svg_size', ratio: 3 }, LOGO, 'yes'],
  [{ kind: 'svg_size', ratio: 1 }, LOGO, 'no'],
  [{ kind: 'svg_size' }, '<svg width="3"><rect/></svg>', 'no'],
  [{ kind: 'svg_shapes', min: 2, max: 2 }, LOGO, 'yes'],
  [{ kind: 'svg_shapes', min: 3 }, LOGO, 'no'],
  [{ kind: 'svg_colors', includes: ['#aabbcc', '#000'], max: 2 }, LOGO, 'yes'],
  [{ kind: 'svg_colors', includes: ['#f77f00'] }, LOGO, 'no'],
];

describe('rules about HTML', () => {
  test.each(HTML_CASES)('%j on %s: %s', async (rule, content, met) => {
    expect((await findingOf(rule, html(content))).met).toBe(met);
  });

  test('unclosed formatting that would make millions of elements is left open, soon', async () => {
    const opened = Array.from({ length: 2_000 }, (_, at) => `<b ${at.toString(36)}x>`).join('');
    const page = html(`<p>${opened}${'</p>x<p>'.repeat(5_000)}`);
    const work = async () => expect((await findingOf({ kind: 'html_valid' }, page)).met).toBe('unknown');
    expect(await processorMs(work)).toBeLessThan(3_000);
  });

  test('all pages must be safe, one must have the elements', async () => {
    const pages = [...html('<h1>x</h1>'), ...html('<script>1</script>')];
    expect((await findingOf({ kind: 'html_safe' }, pages)).met).toBe('no');
    expect((await findingOf({ kind: 'html_has', tags: ['h1'] }, pages)).met).toBe('yes');
  });
});

describe('rules about SVG', () => {
  test.each(SVG_CASES)('%j on %s: %s', async (rule, content, met) => {
    expect((await findingOf(rule, svg(content))).met).toBe(met);
  });

  test('a drawing in a fence is a drawing', async () => {
    expect((await findingOf({ kind: 'svg_valid' }, `\`\`\`svg\n${LOGO}\n\`\`\``)).met).toBe('yes');
  });
});
