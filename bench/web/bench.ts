// npm run bench:web: how soon a page shows something, and how soon it answers to a press, in a browser slowed down fourfold.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launch } from '../../test/web/support/chromium.ts';
import { openHouse, post } from '../contest/house.ts';
import { firstPaintMs, longestPressMs, watchPresses } from './timing.ts';

const SLOWER = 4;
const RUNS = 5;
const AIM = { paintMs: 1_500, pressMs: 100 };
const BUYER = { email: 'buyer@example.com', password: 'a long password' };
/** A page that still loads answers late for another reason. */
const SETTLES_MS = 1_000;
const GALLERY_WITHIN_MS = 60_000;

interface Scene {
  readonly name: string;
  readonly path: string;
  readonly signedIn: boolean;
  /** What somebody presses there once the page is ready: the name of it, and how. */
  readonly presses: readonly (readonly [name: string, press: (page: Page) => Promise<void>])[];
}

const button = (name: string) => (page: Page) => page.getByRole('button', { name }).first().click();
const link = (name: string) => (page: Page) => page.getByRole('link', { name, exact: true }).click();

const house = await openHouse(8);
const browser = await launch();
try {
  const taskId = await aGallery();
  const scenes: Scene[] = [
    { name: 'landing', path: '/', signedIn: false, presses: [['the colours', button('Dark colours')]] },
    { name: 'tasks', path: '/app/tasks', signedIn: true, presses: [['the account menu', button('buyer')]] },
    {
      name: 'gallery',
      path: `/app/tasks/${taskId}/gallery`,
      signedIn: true,
      presses: [
        ['why this score', button('Why this score')],
        ['another tab', link('Brief')],
      ],
    },
  ];
  console.log(`A browser ${SLOWER} times slower, ${RUNS} visits each with nothing kept from before (median, worst)`);
  for (const scene of scenes) await measure(browser, scene);
  console.log(`aims: something to see within ${AIM.paintMs} ms, an answer to a press within ${AIM.pressMs} ms`);
} finally {
  await browser.close();
  await house.close();
}

/** A task of eight bids in review. */
async function aGallery(): Promise<string> {
  const { id } = await post(`${house.url}/tasks`, house.key, house.brief);
  const end = Date.now() + GALLERY_WITHIN_MS;
  while (Date.now() < end) {
    const { rows } = await house.db.query('SELECT status FROM tasks WHERE id = $1', [id]);
    if (rows[0]?.status === 'review') return id;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error('The gallery did not open.');
}

async function measure(on: Browser, scene: Scene): Promise<void> {
  const paints: number[] = [];
  const presses = new Map(scene.presses.map(([name]) => [name, [] as number[]]));
  for (let run = 0; run < RUNS; run++) {
    const context = await on.newContext({
      baseURL: house.url,
      viewport: { width: 1280, height: 900 },
      locale: 'en-GB',
    });
    if (scene.signedIn) await signIn(context);
    const page = await slowPage(context);
    await page.goto(scene.path);
    await page.locator('h1').waitFor();
    await page.waitForTimeout(SETTLES_MS);
    paints.push(await firstPaintMs(page));
    for (const [name, press] of scene.presses) {
      await press(page);
      presses.get(name)?.push(await longestPressMs(page));
    }
    await context.close();
  }
  line(`${scene.name}: first contentful paint`, paints);
  for (const [name, times] of presses) line(`${scene.name}: ${name}`, times);
}

async function signIn({ request }: BrowserContext): Promise<void> {
  const answer = await request.post('/sessions', { data: BUYER });
  if (!answer.ok()) throw new Error(await answer.text());
}

async function slowPage(context: BrowserContext): Promise<Page> {
  await context.addInitScript(watchPresses);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return page;
}

function line(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const [median, worst] = [sorted[Math.floor(sorted.length / 2)] ?? 0, sorted.at(-1) ?? 0];
  console.log(
    `  ${name.padEnd(36)} ${String(Math.round(median)).padStart(5)} ms ${String(Math.round(worst)).padStart(5)} ms`,
  );
}
