import type { Page, Request } from 'playwright-core';
import { PATIENCE_MS } from '../../support/until.js';
import type { Address } from './addresses.js';

type Scheme = 'light' | 'dark';

export interface Look {
  readonly scheme: Scheme;
  readonly width: 1280 | 360;
}

/** Each way in which a page is looked at, one change apart. On a phone both schemes are laid out alike, so one is enough. */
export const LOOKS: readonly Look[] = [
  { scheme: 'light', width: 360 },
  { scheme: 'light', width: 1280 },
  { scheme: 'dark', width: 1280 },
];

const HEIGHT = { 1280: 900, 360: 740 } as const;
/** There is no page: between two others, the app shows that, so that whatever is seen of the next one is its own. */
const NOWHERE = '/app/no/such/page';

const BUSY = '[aria-busy=true], .mantine-Loader-root, .mantine-Skeleton-root[data-visible]';

/** Goes to an address as the browser's own buttons do, and marks the heading that is left. */
const followed = (url: string) => `(() => {
  document.querySelector('h1').dataset.left = '';
  history.pushState({ key: crypto.randomUUID() }, '', ${JSON.stringify(url)});
  dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
})()`;

/** Layout follows the window in the frame after the next, and glides there (the menu's column): only then is it what a person sees. */
const STILL = `(async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
  await Promise.allSettled(ending.map((one) => one.finished));
})()`;

/** A person's tab, which goes from page to page by the app itself: nothing is loaded twice. */
export class Tab {
  private readonly underWay = new Set<Request>();
  private look: Look | null = null;
  private answered = () => {};

  constructor(private readonly page: Page) {
    const over = (request: Request) => {
      this.underWay.delete(request);
      this.answered();
    };
    page.on('request', (request) => isStream(request) || this.underWay.add(request));
    page.on('requestfinished', over);
    page.on('requestfailed', over);
  }

  /** Loads the app, as whoever is signed in now. */
  async load(): Promise<void> {
    await this.page.goto(NOWHERE);
  }

  /** Opens an address of the app that was loaded, and waits until all of it is there. */
  async open(url: string, { ready }: Pick<Address, 'ready'>): Promise<void> {
    if (!this.page.url().endsWith(NOWHERE)) await this.page.evaluate(followed(NOWHERE));
    await this.settled();
    if (url === NOWHERE) return;
    await this.page.evaluate(followed(url));
    await this.settled();
    if (ready) await this.page.getByText(ready).first().waitFor();
  }

  /** All looks, the one that it has now first. */
  looks(): readonly Look[] {
    return this.look === LOOKS.at(-1) ? LOOKS.toReversed() : LOOKS;
  }

  async lookAt(look: Look): Promise<void> {
    const { scheme, width } = look;
    if (scheme !== this.look?.scheme) await this.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    if (width !== this.look?.width) await this.page.setViewportSize({ width, height: HEIGHT[width] });
    this.look = look;
    await this.page.evaluate(STILL);
  }

  /** Waits until it has a heading of its own and no grey lines, and asks the server for nothing any more. */
  private async settled(): Promise<void> {
    await this.page.locator('h1:not([data-left])').first().waitFor();
    do {
      await this.quiet();
      await this.page.locator(BUSY).first().waitFor({ state: 'detached' });
      await this.page.evaluate(STILL);
    } while (this.underWay.size > 0);
  }

  private async quiet(): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (this.underWay.size > 0) {
      const urls = [...this.underWay].map((request) => request.url()).join(', ');
      if (Date.now() > end) throw new Error(`It still asks for ${urls}.`);
      await new Promise<void>((resolve) => {
        const waited = setTimeout(resolve, PATIENCE_MS);
        this.answered = () => {
          clearTimeout(waited);
          resolve();
        };
      });
    }
  }
}

/** The account's events come for as long as the page is open. */
function isStream(request: Request): boolean {
  return new URL(request.url()).pathname === '/events';
}
