import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startApp } from '../support/app.js';
import { visit } from './support/browser.js';

const quiet = { ROLE: 'api' };

describe('signing up, out and in', () => {
  test('leads to the page that was wanted, and keeps the cookie from scripts', async () => {
    const app = await startApp({ env: quiet });
    const { page, context, complaints } = await visit(app.url);
    await page.goto('/app/tasks');
    await page.getByRole('link', { name: 'Make an account' }).click();
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByLabel(/^Password/).fill('short');
    await page.getByRole('button', { name: 'Make an account' }).click();
    await page.getByText('10 characters').last().waitFor();
    await page.getByLabel(/^Password/).fill('correct horse battery');
    await page.getByRole('button', { name: 'Make an account' }).click();
    await page.getByRole('heading', { name: 'No tasks yet' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/app/tasks');
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.evaluate('document.cookie')).toBe('');
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });

    await page.getByRole('button', { name: 'Ada' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByLabel(/^Password/).fill('wrong horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert', { name: /do not fit together/ }).waitFor();
    await page.getByLabel(/^Password/).fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'No tasks yet' }).waitFor();
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
  });
});

describe('a tab in the background', () => {
  test('gives its stream back after a while, and catches up when somebody looks again', async () => {
    const app = await startApp({ env: quiet });
    const { page, context } = await visit(app.url);
    await page.clock.install();
    const account = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery', session: true };
    await context.request.post('/accounts', { data: account, headers: { origin: app.url } });
    await page.goto('/app/tasks');
    await page.getByText('Live', { exact: true }).waitFor();
    await turn(page, 'hidden');
    let isClosed = false;
    page.on('requestfailed', (request) => {
      isClosed ||= request.url().includes('/events');
    });
    // Time passes until it does: the page's clock may run before the page has noticed that it is hidden.
    while (!isClosed) await page.clock.runFor(31_000);
    const opened = page.waitForRequest((request) => request.url().includes('/events'));
    const readAgain = page.waitForRequest((request) => new URL(request.url()).pathname === '/tasks');
    await turn(page, 'visible');
    await Promise.all([opened, readAgain]);
  });
});

async function turn(page: Page, to: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'visibilityState', { value: '${to}', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  `);
}
