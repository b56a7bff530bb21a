import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { Address } from './addresses.js';

type Scheme = 'light' | 'dark';

export interface Look {
  readonly scheme: Scheme;
  readonly width: 1280 | 360;
}

/** Each way in which a page is looked at. On a phone both schemes are laid out alike, so one is enough. */
export const LOOKS: readonly Look[] = [
  { scheme: 'light', width: 1280 },
  { scheme: 'dark', width: 1280 },
  { scheme: 'light', width: 360 },
];

const HEIGHT = { 1280: 900, 360: 740 } as const;
const RULES = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] };
/** Beyond that a page is still loading for no good reason. */
const READY_MS = 15_000;
const BUSY = '[aria-busy=true], .mantine-Loader-root, .mantine-Skeleton-root[data-visible]';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const axe = readFileSync(axeFile, 'utf8');
const layout = readFileSync(new URL('layout.mjs', import.meta.url), 'utf8').replaceAll(/^export /gm, '');

/** Opens an address and waits until all of it is there. */
export async function open(page: Page, url: string, { ready }: Address): Promise<void> {
  await page.goto(url);
  await page.locator('h1').first().waitFor({ timeout: READY_MS });
  await page.locator(BUSY).first().waitFor({ state: 'detached', timeout: READY_MS });
  if (ready) await page.getByText(ready).first().waitFor({ timeout: READY_MS });
}

export async function lookAt(page: Page, { scheme, width }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: HEIGHT[width] });
  // Layout follows the window in the frame after the next, and glides there (the menu's column): only then is it what a person sees.
  await page.evaluate(`(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map((one) => one.finished));
  })()`);
}

/** What is wrong with the page as it is shown now, one line each. */
export async function problemsOf(page: Page, { scheme, width }: Look): Promise<string[]> {
  const found: string[] = [];
  const title = await page.title();
  if (!title.includes('Bakeoff')) found.push(`its title is "${title}"`);
  found.push(...((await page.evaluate(`(() => { ${layout}; return layoutProblems(); })()`)) as string[]));
  // What a scheme changes is its colours, and what a width changes is the layout: the other rules are asked once.
  if (width === 360) return found;
  const only = scheme === 'dark' ? { type: 'rule', values: ['color-contrast'] } : RULES;
  return [...found, ...(await violations(page, only))];
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function violations(page: Page, runOnly: object): Promise<string[]> {
  await page.evaluate(`globalThis.axe ?? (() => { ${axe} })()`);
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'], iframes: false });
  const found = (await page.evaluate(`axe.run(document, ${options}).then((it) => it.violations)`)) as Violation[];
  return found.map(({ id, nodes }) => {
    const [first] = nodes;
    const why = first?.failureSummary.split('\n').slice(1).join(' ').trim().slice(0, 200);
    return `${id} (${nodes.length}): ${first?.html.slice(0, 160)} ${why}`;
  });
}
