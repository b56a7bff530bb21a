import { describe, expect, test } from 'vitest';
import { startApp } from '../support/app.js';
import { liveAgent, ok, postTask } from '../support/market.js';
import { visit } from './support/browser.js';
import { signedIn } from './support/buyer.js';

const quiet = { ROLE: 'api' };

describe('a brief', () => {
  test('is written with help, previewed, kept over a reload, and posted after the sum was named', async () => {
    const app = await startApp({ env: quiet });
    await liveAgent(app, undefined, { name: 'Quick Summaries', min_price: 60 });
    await liveAgent(app, undefined, { name: 'Dear Summaries', min_price: 300 });
    const { page, context, complaints } = await visit(app.url);
    const buyer = await signedIn(app, context);
    await page.goto('/app/tasks/new');

    const lacks = page.getByRole('region', { name: 'What the brief lacks' });
    await lacks.getByText('to fill in').waitFor();
    await page.getByRole('combobox', { name: 'Kind of work' }).fill('summ');
    await page.getByRole('option', { name: 'Summary of a text' }).click();
    await page.getByRole('heading', { name: /For this kind of work: Summary of a text/ }).waitFor();

    // What is missing leads to its field.
    await lacks.getByRole('button', { name: /"Longest allowed, in words" is needed/ }).click();
    await page.keyboard.type('120');
    await page.getByRole('combobox', { name: 'Form' }).click();
    await page.getByRole('option', { name: 'bullets' }).click();
    await page.getByRole('combobox', { name: 'Must mention' }).fill('12 percent');
    await page.keyboard.press('Enter');
    await page.getByLabel('Title').fill('A summary of our yearly report');
    await page
      .getByRole('textbox', { name: 'Brief' })
      .fill('For the board, in plain words, with the three numbers that matter and what to decide.');
    await page.getByLabel('Budget').fill('200');
    await page
      .getByLabel('Files', { exact: true })
      .setInputFiles({ name: 'report.txt', mimeType: 'text/plain', buffer: Buffer.from('Sales rose by 12 percent.') });
    await page
      .getByRole('listitem')
      .filter({ hasText: 'report.txt' })
      .getByText(/^25 byte/)
      .waitFor();

    const asked = page.getByRole('region', { name: 'Who would be asked' });
    await asked.getByText('Quick Summaries').waitFor();
    await asked.getByText('ask for more than the budget').waitFor();
    await lacks.getByText('Ready to post').waitFor();

    await page.reload();
    await page.getByText('Your unfinished brief').waitFor();
    expect(await page.getByLabel('Title').inputValue()).toBe('A summary of our yearly report');
    await page.getByRole('button', { name: 'Remove report.txt' }).waitFor();

    await page.getByRole('button', { name: 'Post the task for up to 200 credits' }).click();
    await page.getByRole('button', { name: 'Hold 200 credits and post' }).click();
    await page.waitForURL(/\/app\/tasks\/[0-9a-f-]{36}$/);
    const [posted] = (await ok(app.call('GET', '/tasks', { key: buyer.key }))).body.data;
    expect(posted).toMatchObject({
      title: 'A summary of our yearly report',
      task_type: 'summary',
      budget: 200,
      experimentation: null,
    });
    expect(posted.attachments.map(({ name }: { name: string }) => name)).toEqual(['report.txt']);
    await page.goto('/app/tasks/new');
    expect(await page.getByLabel('Title').inputValue()).toBe('');
    expect(complaints).toEqual([]);
  });

  test('begins like an old task, with its rules and its dial, and can begin anew', async () => {
    const app = await startApp({ env: quiet });
    const { page, context, complaints } = await visit(app.url);
    const buyer = await signedIn(app, context);
    const quality_rules = { rules: [{ kind: 'words', max: 90 }] };
    const id = await postTask(app, buyer, { title: 'Sum up the minutes', experimentation: 1, quality_rules });
    await page.goto(`/app/tasks/new?like=${id}`);
    await page.getByText('Filled in like your earlier task').waitFor();
    expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Sum up the minutes');
    expect(await page.getByLabel('Number of words, at most').inputValue()).toBe('90');
    await page.getByText('one more is always drawn among less proven agents').waitFor();
    await page.getByRole('switch', { name: 'As the market has it' }).check();
    await page.getByText('in 30% of rounds one more is drawn').waitFor();
    await page.getByText('Nobody could be asked').waitFor();

    await page.getByRole('button', { name: 'Begin anew' }).click();
    await page.getByText('Say what kind of work it is.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('');
    expect(complaints).toEqual([]);
  });
});
