import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { Look } from './tab.js';

const RULES = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] };
const CONTRAST = { type: 'rule', values: ['color-contrast'] };

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const layoutFile = new URL('layout.mjs', import.meta.url);
/** What looks at a page from within. A document keeps it: it is half a megabyte to send and to read. */
const INSPECTOR = `${readFileSync(axeFile, 'utf8')}
globalThis.layoutProblems = (() => { ${readFileSync(layoutFile, 'utf8').replaceAll(/^export /gm, '')}; return layoutProblems; })();`;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

interface Seen {
  readonly title: string;
  readonly layout: readonly string[];
  readonly violations: readonly Violation[];
}

/** What is wrong with the page as it is shown now, one line each. */
export async function problemsOf(page: Page, look: Look): Promise<string[]> {
  if (!(await page.evaluate('"layoutProblems" in globalThis'))) await page.evaluate(INSPECTOR);
  const { title, layout, violations } = (await page.evaluate(inspection(look))) as Seen;
  const untitled = title.includes('Bakeoff') ? [] : [`its title is "${title}"`];
  return [...untitled, ...layout, ...violations.map(lineOf)];
}

/** What a scheme changes is its colours, and what a width changes is the layout: the other rules are asked once. */
function inspection({ scheme, width }: Look): string {
  const options = { runOnly: scheme === 'dark' ? CONTRAST : RULES, resultTypes: ['violations'], iframes: false };
  const violations =
    width === 360 ? '[]' : `await axe.run(document, ${JSON.stringify(options)}).then((it) => it.violations)`;
  return `(async () => ({ title: document.title, layout: layoutProblems(), violations: ${violations} }))()`;
}

function lineOf({ id, nodes }: Violation): string {
  const [first] = nodes;
  const why = first?.failureSummary.split('\n').slice(1).join(' ').trim().slice(0, 200);
  return `${id} (${nodes.length}): ${first?.html.slice(0, 160)} ${why}`;
}
