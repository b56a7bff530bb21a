import { expect, test } from 'vitest';
import { ADDRESSES, type Address } from './support/addresses.js';
import { type Visit, visit } from './support/browser.js';
import { problemsOf } from './support/inspect.js';
import { keepScreen, screensFolder, writeIndex } from './support/screens.js';
import { sitsDown } from './support/seats.js';
import { Tab } from './support/tab.js';
import { aWorld, filled } from './support/world.js';

/** What the browser itself says of an answer that is a refusal: the page has told it in words. */
const REFUSAL = /the server responded with a status of 4\d\d/;

/** What is wrong with a page, and what it complained of since the one before. */
async function problemsAt(tab: Tab, { page, complaints }: Visit, address: Address, url: string): Promise<string[]> {
  const found: string[] = [];
  await tab.open(url, address);
  for (const look of tab.looks()) {
    await tab.lookAt(look);
    found.push(...(await problemsOf(page, look)).map((problem) => `${look.scheme} ${look.width}: ${problem}`));
    await keepScreen(page, address, look);
  }
  if (screensFolder) console.log(`${address.name}: ${found.length === 0 ? 'well' : found.join('; ')}`);
  const mayRefuse = address.refused || address.who === 'visitor';
  return [...found, ...complaints.splice(0).filter((text) => !(mayRefuse && REFUSAL.test(text)))];
}

test('every page can be read by everybody, in both schemes and on a phone, and complains of nothing', async () => {
  const world = await aWorld();
  const mine = await visit(world.app.url);
  const tab = new Tab(mine.page);
  const problems: string[] = [];
  for (const [who, addresses] of Map.groupBy(ADDRESSES, ({ who }) => who)) {
    await sitsDown(mine.context, world.app.url, world.cookies[who]);
    await tab.load();
    for (const address of addresses) {
      const found = await problemsAt(tab, mine, address, filled(address, world)).catch((error: Error) => [
        `could not be opened: ${error.message}`,
      ]);
      problems.push(...found.map((problem) => `${address.name}, ${problem}`));
    }
  }
  if (screensFolder) await writeIndex(ADDRESSES);
  expect(problems).toEqual([]);
}, 600_000);

test('what a person would stumble over is found', async () => {
  const { page } = await visit('http://127.0.0.1');
  const tab = new Tab(page);
  const look = { scheme: 'light', width: 1280 } as const;
  await page.setContent(`<!doctype html><html lang="en"><title>Bakeoff</title><style>
      button { position: absolute; top: 80px; height: 40px; width: 120px } .narrow { width: 40px; overflow: hidden; white-space: nowrap }
    </style><main><h1>One</h1><h1>Two</h1><p class="narrow">Nobody reads to the end</p><p style="width: 1500px; background: #eee">wide</p>
    <button style="left: 0">Left</button><button style="left: 90px">Right</button><p style="color: #aaa">Grey</p>
    <p style="width: 1ch; overflow-wrap: anywhere">Bakeoff</p></main>`);
  await tab.lookAt(look);
  const found = (await problemsOf(page, look)).join('\n');
  for (const problem of [
    'scrolls sideways, 1508 px in 1280',
    'has 2 h1',
    'cuts "Nobody reads to the end"',
    'breaks "Bakeoff" in two',
    '> Left lies over <button',
    'color-contrast (1)',
  ])
    expect(found).toContain(problem);
});
