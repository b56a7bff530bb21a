import { describe, expect, test } from 'vitest';
import { startApp } from '../support/app.js';
import { postTask } from '../support/market.js';
import { visit } from './support/browser.js';
import { signedIn } from './support/buyer.js';

describe('the wallet', () => {
  test('says what can be spent, what a task holds, and shows each credit that moved with its task', async () => {
    const app = await startApp({ env: { ROLE: 'api' } });
    const { page, context, complaints } = await visit(app.url);
    const buyer = await signedIn(app, context);
    await page.goto('/app/wallet');
    await page.getByText('+500').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();

    const taskId = await postTask(app, buyer, { budget: 120 });
    // Nobody reloads: the task's event does it.
    await page.getByText('−120').waitFor();
    for (const sum of ['380 credits', '120 credits']) await page.getByText(sum).first().waitFor();
    await page.getByRole('link', { name: 'Held for a task' }).click();
    await page.waitForURL(`/app/tasks/${taskId}`);
    expect(complaints).toEqual([]);
  });
});
