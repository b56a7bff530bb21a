import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { Address } from './addresses.js';
import type { Look } from './tab.js';

/** Where pictures of all pages go (`npm run screenshots` says where); otherwise none are made. */
export const screensFolder = process.env.SCREENS_DIR ?? null;

/** A long page is shown to here. */
const TALLEST = { 1280: 1_500, 360: 1_800 } as const;
const KINDS = ['light', 'dark', 'phone'] as const;

const kindOf = ({ scheme, width }: Look) => (width === 360 ? 'phone' : scheme);

/** Writes `<page>-<light|dark|phone>.png`, where pictures are wanted. */
export async function keepScreen(page: Page, { name }: Address, look: Look): Promise<void> {
  if (!screensFolder) return;
  await mkdir(screensFolder, { recursive: true });
  const height = Math.min(Number(await page.evaluate('document.documentElement.scrollHeight')), TALLEST[look.width]);
  const clip = { x: 0, y: 0, width: look.width, height };
  const picture = await page.screenshot({ fullPage: true, clip, caret: 'hide' });
  const small = await sharp(picture).png({ palette: true, colours: 64, effort: 8 }).toBuffer();
  await writeFile(join(screensFolder, `${name}-${kindOf(look)}.png`), small);
}

/** The page that shows all pictures, and no picture of a page that is gone. */
export async function writeIndex(addresses: readonly Address[]): Promise<void> {
  if (!screensFolder) return;
  const wanted = new Set(addresses.flatMap(({ name }) => KINDS.map((kind) => `${name}-${kind}.png`)));
  for (const file of await readdir(screensFolder)) {
    if (file.endsWith('.png') && !wanted.has(file)) await rm(join(screensFolder, file));
  }
  const row = ({ name, path, who }: Address) =>
    `| ${name}<br>\`${path}\`<br>${who} | ${KINDS.map((kind) => `[<img src="${name}-${kind}.png" alt="${name}, ${kind}" width="${kind === 'phone' ? 120 : 300}">](${name}-${kind}.png)`).join(' | ')} |`;
  const text = `# Every page of the web app

Written by \`npm run screenshots\`, which looks at each page as [every-page.spec.ts](../../test/web/every-page.spec.ts) does: axe-core, nothing cut or
overlapping, no sideways scroll at 360 px, contrast in both schemes. The market in them is made by [world.ts](../../test/web/support/world.ts).

| page | light | dark | phone |
|---|---|---|---|
${addresses.map(row).join('\n')}
`;
  await writeFile(join(screensFolder, 'README.md'), text);
}
