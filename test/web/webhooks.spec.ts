import { describe, expect, test } from 'vitest';
import { startApp } from '../support/app.js';
import { Receiver, refused, took, verified } from '../support/receiver.js';
import { visit } from './support/browser.js';

describe('the inspector of webhooks', () => {
  test('shows why a delivery failed, and sends it again', async () => {
    const app = await startApp({ env: { WEBHOOK_RETRY_S: '1' } });
    const receiver = await Receiver.start(refused(418));
    const { page, context, complaints } = await visit(app.url);
    await context.request.post(`${app.url}/accounts`, {
      data: { name: 'Bo', email: 'bo@example.com', password: 'correct horse battery', session: true },
      headers: { origin: app.url },
    });
    await page.goto('/app/webhooks');
    await page.getByRole('button', { name: 'New webhook' }).first().click();
    await page.getByLabel('Address').fill(receiver.url);
    await page.getByRole('combobox', { name: 'Events' }).fill('judged');
    await page.getByRole('option', { name: 'bid.judged' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Make it' }).click();
    const secret = await page.getByText(/^whsec_/).innerText();
    await page.getByRole('button', { name: 'To the webhook' }).click();

    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByRole('heading', { name: 'webhook.ping' }).waitFor();
    await page.getByText('HTTP 418').first().waitFor();
    await page.getByRole('region', { name: 'Its body' }).getByText('no, thanks').waitFor();
    await page.getByText('Failed', { exact: true }).first().waitFor();
    const { id, rawBody } = receiver.log[0] ?? {};
    await page.getByText(`webhook-id: ${id}`).first().waitFor();
    expect(JSON.parse(await page.getByRole('region', { name: 'What is signed and sent' }).innerText())).toEqual(
      JSON.parse(rawBody ?? ''),
    );

    receiver.answer = took;
    const before = receiver.log.length;
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Delivered', { exact: true }).first().waitFor();
    const again = (await receiver.count(before + 1)).at(-1);
    expect(again).toMatchObject({ id, rawBody });
    if (again) verified(again, secret);

    await page.getByRole('link', { name: 'The webhook and its deliveries' }).click();
    await page.getByRole('button', { name: 'Switch off' }).click();
    await page.getByText('You switched it off.').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
