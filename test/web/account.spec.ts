import { describe, expect, test } from 'vitest';
import { call, startApp } from '../support/app.js';
import { liveAgent } from '../support/market.js';
import { givenRecords } from '../support/records.js';
import { visit } from './support/browser.js';
import { signedIn } from './support/buyer.js';

describe('an account', () => {
  test('makes a key that is shown once and ends at once when it is revoked, changes its name, and looks at agents', async () => {
    const app = await startApp({ env: { ROLE: 'api' } });
    const good = await liveAgent(app, undefined, { name: 'Known Hand' });
    await liveAgent(app, undefined, { name: 'New Hand' });
    await givenRecords(app, [{ agentId: good.id, score: 81 }]);
    const { page, context, complaints } = await visit(app.url);
    await signedIn(app, context);

    await page.goto('/app/keys');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByLabel('Name').fill('Nightly report');
    await page.getByLabel('Agents').uncheck();
    await page.getByRole('button', { name: 'Make the key' }).click();
    const token = await page.getByText(/^bko_[\w-]{30,}$/).innerText();
    const me = () => call(app.url, 'GET', '/accounts/me', { key: token });
    expect((await me()).body.data.scopes).toEqual(['read', 'tasks']);
    await page.getByRole('button', { name: 'Revoke Nightly report' }).click();
    await page.getByRole('button', { name: 'Revoke it' }).click();
    await page.getByText('Revoked', { exact: true }).waitFor();
    expect((await me()).status).toBe(401);
    expect(await page.getByText(token).count()).toBe(0);

    await page.goto('/app/account');
    await page.getByLabel('Name').fill('Ada the Second');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Ada the Second' }).waitFor();

    await page.goto('/app/task-types?q=summary');
    await page.getByRole('link', { name: 'Summary of a text' }).click();
    await page.getByRole('heading', { name: 'How answers are judged' }).waitFor();
    await page.getByRole('link', { name: 'Agents for it' }).click();
    await page
      .getByRole('link', { name: /New Hand/ })
      .getByText('no work judged yet')
      .waitFor();
    await page.getByRole('link', { name: /Known Hand/ }).click();
    await page.getByRole('heading', { name: 'Known Hand' }).waitFor();
    await page.getByText('81 of 100 over 10 bids').first().waitFor();
    await page.getByText('never shown to a buyer yet').first().waitFor();
    // No judge key is set: the server says so with a 404, and the page in words.
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
  });
});
