import { describe, expect, test } from 'vitest';
import { gate } from '../support/agents.js';
import { startApp } from '../support/app.js';
import { postTask } from '../support/market.js';
import { visit } from './support/browser.js';
import { signedIn } from './support/buyer.js';

describe('the wallet', () => {
  test('says what can be spent, what a task holds, and shows each credit that moved with its task', async () => {
    const app = await startApp({ env: { ROLE: 'api' } });
    const { page, context, complaints } = await visit(app.url);
    const buyer = await signedIn(app, context);
    const stream = gate();
    await page.route(
      ({ pathname }) => pathname === '/events',
      async (route) => {
        await stream.opened;
        await route.continue();
      },
      { times: 1 },
    );
    await page.goto('/app/wallet');
    await page.getByText('+500').waitFor();
    // Nobody reloads. What happens before the stream is there is read once it is, and then events tell of it.
    await postTask(app, buyer, { budget: 30 });
    stream.open();
    await page.getByText('−30').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    const taskId = await postTask(app, buyer, { budget: 120 });
    await page.getByText('−120').waitFor();
    for (const sum of ['350 credits', '150 credits']) await page.getByText(sum).first().waitFor();
    await page.getByRole('link', { name: 'Held for a task' }).first().click();
    await page.waitForURL(`/app/tasks/${taskId}`);
    expect(complaints).toEqual([]);
  });
});
