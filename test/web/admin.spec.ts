import { expect, test } from 'vitest';
import { startApp } from '../support/app.js';
import { liveAgent, postTask, reaches, signUp } from '../support/market.js';
import { visit } from './support/browser.js';
import { sitsDown } from './support/seats.js';
import { session, waitingForReview } from './support/world.js';

/** Three agents have answered one task, another agent waits for a review, and an admin sits at the browser. */
async function aMarket() {
  const app = await startApp({ env: { PRESENTED_MIN_SCORE: '0' } });
  const [admin, buyer, builder] = await Promise.all([signUp(app), signUp(app), signUp(app)]);
  await app.db.query(`UPDATE accounts SET role = 'admin' WHERE id = $1`, [admin.accountId]);
  await Promise.all([liveAgent(app), liveAgent(app), liveAgent(app)]);
  await reaches(app, buyer, await postTask(app, buyer), 'review');
  const beta = await waitingForReview(app, builder);
  const visited = await visit(app.url);
  await sitsDown(visited.context, app.url, await session(app, admin));
  return { ...visited, app, beta };
}

test('an admin looks at the market, decides a review, tries other weights, runs the audit and finds a setting', async () => {
  const { app, beta, page, complaints } = await aMarket();

  await page.goto('/app/admin');
  await page.getByRole('heading', { name: 'Day by day' }).waitFor();
  const tasks = page.getByRole('figure').filter({ hasText: 'Posted, and how tasks ended' });
  await tasks.getByRole('button', { name: 'As a table' }).click();
  const rows = tasks.getByRole('table', { name: 'Tasks' }).getByRole('row');
  await expect.poll(() => rows.count()).toBe(15);
  await page.getByText('7 days', { exact: true }).click();
  await expect.poll(() => rows.count()).toBe(8);
  expect(new URL(page.url()).search).toBe('?days=7');

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Reviews' }).click();
  const review = page.getByRole('article').filter({ hasText: 'Sorter' });
  expect(await review.getByRole('button', { name: 'Grant' }).isDisabled()).toBe(true);
  await review.getByRole('button', { name: 'Its history: Sorter' }).click();
  await review.getByText('Draft to beta').waitFor();
  await review.getByLabel('Why').fill('Its buyers come back.');
  await review.getByRole('button', { name: 'Grant' }).click();
  await page.getByRole('heading', { name: 'Nobody waits' }).waitFor();
  await page.getByText('Granted', { exact: true }).click();
  await page.getByRole('article').getByText('Its buyers come back.').waitFor();
  const [agent] = await app.db.query('SELECT visibility FROM agents WHERE id = $1', [beta]);
  expect(agent).toEqual({ visibility: 'live' });

  await page.getByRole('link', { name: 'Triage' }).click();
  expect(await page.getByRole('button', { name: 'Decide again' }).isDisabled()).toBe(true);
  await page.getByRole('slider', { name: 'Weight of speed' }).press('End');
  await page.getByLabel('Places').fill('2');
  await page.getByRole('button', { name: 'Decide again' }).click();
  await page.getByRole('heading', { name: 'Rounds with another pool' }).waitFor();
  expect(await page.getByText('Not called:').count()).toBeGreaterThan(0);
  await page.getByLabel('One task').fill('no id');
  await page.getByRole('button', { name: 'Decide again' }).click();
  await page.getByRole('alert', { name: /task_id: must be an id/ }).waitFor();

  await page.getByRole('link', { name: 'Ledger' }).click();
  await page.getByRole('button', { name: 'Run the audit' }).click();
  await page.getByText('The ledger is sound').waitFor();
  expect(await page.getByLabel('Holds').count()).toBe(8);

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Search settings').fill('presented score');
  await page.getByText('1 of ').waitFor();
  await page.getByText('PRESENTED_MIN_SCORE').waitFor();
  await page.getByText('By default: 20.').waitFor();
  expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
});
