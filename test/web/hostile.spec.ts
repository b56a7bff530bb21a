import { createServer } from 'node:http';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { send, work } from '../support/agents.js';
import { startApp } from '../support/app.js';
import { listening } from '../support/loopback.js';
import { gallery, liveAgent, postTask, reaches } from '../support/market.js';
import { visit } from './support/browser.js';
import { signedIn } from './support/buyer.js';
import { HOSTILE_NAMES, hostileFiles, LONG_LINE } from './support/hostile-files.js';

describe('what a hostile agent sends', () => {
  test('is shown, and reaches nothing, leads nowhere and breaks nothing', async () => {
    const trap = await aTrap();
    const app = await startApp({ env: { PRESENTED_MIN_SCORE: '0' } });
    const files = hostileFiles(trap.url);
    await liveAgent(
      app,
      (_, response) => send(response, work('', { artifacts: files, message: `<img src="${trap.url}/message">` })),
      {
        name: '<img src=x onerror=alert(1)>',
      },
    );
    for (const name of HOSTILE_NAMES)
      await liveAgent(app, (_, response) =>
        send(response, { artifacts: [{ type: 'text', name, media_type: 'text/plain', content: 'x' }] }),
      );
    const { page, context, complaints } = await visit(app.url);
    const buyer = await signedIn(app, context);
    const id = await postTask(app, buyer);
    await reaches(app, buyer, id, 'review');
    const [bid] = (await gallery(app, buyer, id)).bids;
    expect(bid.artifacts).toHaveLength(files.length);

    const address = `/app/tasks/${id}/gallery`;
    await page.goto(address);
    await page.getByText('Brought no answer that follows the contract: 2').waitFor();
    const title = await page.title();
    await pressedEverywhere(page);
    await openedOneByOne(page);

    // What a frame could still try later would have happened by now: the answer of a round trip comes after it.
    await page.evaluate("fetch('/health').then((answer) => answer.text())");
    expect(trap.requests).toEqual([]);
    expect(new URL(page.url()).pathname).toBe(address);
    expect(context.pages()).toHaveLength(1);
    expect(await page.title()).toBe(title);
    expect(await page.evaluate('({}).polluted')).toBeUndefined();
    expect(await page.evaluate('document.querySelectorAll("#root").length')).toBe(1);
    expect(complaints.filter((text) => text.startsWith('error:'))).toEqual([]);

    await page.getByRole('button', { name: /^Pick/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Back' }).click();
    await page.getByRole('link', { name: 'Contest' }).click();
    await page.getByText('3 of 3 have answered').waitFor();

    const framed = new URL(bid.artifacts[0].url);
    const alone = await context.newPage();
    const saved = alone.waitForEvent('download');
    await alone.goto(`${app.url}${framed.pathname}/framed${framed.search}`).catch(() => {});
    expect((await saved).suggestedFilename()).toBe('attack.html');
  });
});

/** The page that it sent, with all that can be pressed in it pressed. */
async function pressedEverywhere(page: Page): Promise<void> {
  const frame = page.frameLocator('iframe[title="attack.html"]');
  await frame.getByText('Looks nice').waitFor();
  for (const id of ['post', 'top', 'blank', 'js', 'self']) await frame.locator(`#${id}`).click();
  expect(await frame.locator('[data-ran]').count()).toBe(0);
}

/** Every other file, each with something that shows that it is what it is. */
async function openedOneByOne(page: Page): Promise<void> {
  const open = (name: string) => page.getByRole('tab', { name, exact: true }).click();
  await open('attack.svg');
  const drawing = page.frameLocator('iframe[title="attack.svg"]');
  await drawing.locator('#svg-link').click({ force: true });
  expect(await drawing.locator('[data-ran]').count()).toBe(0);
  await open('attack.md');
  const text = page.getByRole('figure', { name: 'attack.md' });
  await text.getByText('not loaded').waitFor();
  expect(await text.locator('img, script, iframe, style, form').count()).toBe(0);
  const links = await Promise.all((await text.getByRole('link').all()).map((one) => one.getAttribute('href')));
  expect(links.filter((href) => !/^https?:/.test(href ?? ''))).toEqual([expect.stringContaining('/files/')]);
  await text.getByText('(127.0.0.1:9/login)').waitFor();
  await open('huge.png');
  await page.getByText('30,000 × 30,000 pixels').waitFor();
  await open('attack.pdf');
  await page.getByRole('img', { name: 'attack.pdf, page 1 of 1' }).click();
  await open('bomb.zip');
  await page.getByText('A file of the type application/zip').waitFor();
  await open(LONG_LINE);
  await page.getByRole('button', { name: /Show 4 more/ }).waitFor();
  await open('attack.json');
  await page.getByText('__proto__').first().waitFor();
  await open('deep.json');
  await page.getByRole('button', { name: '[1]' }).first().waitFor();
  await open('attack.csv');
  await page.getByText('=HYPERLINK').waitFor();
  await open('attack.js');
  await page.getByText('</code><script>').waitFor();
}

/** A server that nobody should ever ask. */
async function aTrap() {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.end();
  });
  // Not even a connection, which a hint such as preconnect would open.
  server.on('connection', () => requests.push('a connection'));
  return { url: `http://127.0.0.1:${await listening(server)}`, requests };
}
