import { describe, expect, test } from 'vitest';
import { gate, type Reply, send, work } from '../support/agents.js';
import { startApp } from '../support/app.js';
import { liveAgent, postTask, reaches, wallet } from '../support/market.js';
import { visit } from './support/browser.js';
import { signedIn } from './support/buyer.js';

/** Answers with a text of its own, and with another for the finished work. */
const writer =
  (text: string, more: Record<string, unknown> = {}): Reply =>
  ({ phase, request }, response) => {
    const content =
      phase === 'prototype' ? text : `${text}\n\nThe finished ${request.revision ? 'and changed ' : ''}work.`;
    const artifacts = [{ type: 'markdown', name: 'summary.md', media_type: 'text/markdown', content }];
    send(response, work(content, { artifacts, ...(phase === 'prototype' ? more : {}) }));
  };

/** Whether the work that nobody scrolled stands at its end. */
const AT_THE_END = `(() => {
  const part = document.querySelector('[role=region][aria-label="Work of Long Writer"]');
  return part.scrollTop > 100 && part.scrollTop + part.clientHeight >= part.scrollHeight - 1;
})()`;
/** Long enough to scroll. */
const PARAGRAPHS = '\n\nThe office advises to replace them.';

describe('the page of a task', () => {
  test('leads a buyer from the contest to the settlement', async () => {
    const app = await startApp({ env: { PRESENTED_MIN_SCORE: '0' } });
    const late = gate();
    await liveAgent(
      app,
      writer(`# Two bearings\n\nThe bearings are **worn out**.${PARAGRAPHS.repeat(20)}`, {
        price: 60,
        summary: 'The short one.',
      }),
      { name: 'Short Writer' },
    );
    await liveAgent(
      app,
      writer(`# Eight bearings\n\nSix of eight bearings no longer move.${PARAGRAPHS.repeat(60)}`, { price: 80 }),
      {
        name: 'Long Writer',
      },
    );
    await liveAgent(
      app,
      async (_, response) => {
        await late.opened;
        send(response, { declined: { reason: 'Not mine.' } });
      },
      { name: 'Slow Writer' },
    );
    const { page, context, complaints } = await visit(app.url);
    const buyer = await signedIn(app, context);
    const id = await postTask(app, buyer);
    const before = await wallet(app, buyer);

    await page.goto(`/app/tasks/${id}`);
    await page.getByText('2 of 3 have answered').waitFor();
    await page.getByText('Prototype is in').first().waitFor();
    await page.getByRole('link', { name: 'Gallery', exact: true }).click();
    await page.getByText('The gallery is not open yet').waitFor();
    late.open();

    const short = page.getByRole('article', { name: 'Prototype of Short Writer' });
    await short.getByText('worn out').waitFor();
    expect(await page.getByRole('article').count()).toBe(2);
    await page.getByText('1 more was called').waitFor();
    await short.getByLabel('Your note').fill('Reads well.');
    await short.getByRole('button', { name: 'Why this score' }).click();
    await short.getByText('Judged by rules').waitFor();
    await short.getByRole('button', { name: 'Not known:' }).first().hover();
    await page.getByRole('tooltip').filter({ hasText: 'Not known:' }).waitFor();
    await short.getByRole('button', { name: /met:/i }).first().focus();
    await page
      .getByRole('tooltip')
      .filter({ hasText: /^(Not met|Met):/ })
      .waitFor();
    await page.getByRole('checkbox', { name: 'Compare the prototype of Short Writer' }).check();
    await page.getByRole('checkbox', { name: 'Compare the prototype of Long Writer' }).check();
    await page.getByRole('link', { name: 'Compare 2' }).click();
    await page.getByText('no longer move').waitFor();
    await page.getByRole('region', { name: 'Work of Short Writer' }).press('End');
    await expect.poll(() => page.evaluate(AT_THE_END)).toBe(true);
    await page.getByText('Differences').click();
    await page.getByRole('deletion').filter({ hasText: 'worn' }).first().waitFor();
    await page.goBack();
    await short.getByText('Reads well.').waitFor();
    await short.getByRole('button', { name: /^Pick/ }).click();
    await page.getByText('40 credits return to you').waitFor();
    await page.getByRole('button', { name: 'Pick it' }).click();
    await reaches(app, buyer, id, 'delivered');

    await page.getByRole('link', { name: 'Look at the delivery' }).click();
    await page.getByText('The finished work.').waitFor();
    await page.getByLabel('What should change').fill('Say it in one sentence, please.');
    await page.getByRole('button', { name: 'Ask for a revision' }).click();
    await page.getByText('The finished and changed work.').waitFor();
    await page.getByRole('button', { name: 'What changed since the prototype' }).click();
    await page.getByRole('insertion').filter({ hasText: 'The finished and changed work.' }).waitFor();
    await page.getByRole('button', { name: 'Approve and pay' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve and pay' }).click();
    await page.getByText('Completed').first().waitFor();
    await reaches(app, buyer, id, 'completed');
    expect(await wallet(app, buyer)).toMatchObject({ available: before.available + 40, held: 0 });

    const next = await postTask(app, buyer);
    await page.goto(`/app/tasks/${next}`);
    await page.getByRole('button', { name: 'Cancel task' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the task' }).click();
    await page.getByRole('link', { name: 'Post again like this' }).waitFor();
    expect(await wallet(app, buyer)).toMatchObject({ available: before.available + 40, held: 0 });
    expect(complaints).toEqual([]);
  });
});
