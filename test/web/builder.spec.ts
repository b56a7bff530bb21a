import { createServer, type RequestListener } from 'node:http';
import { agentHandler, csv, type Work } from '@bakeoff/agent-kit';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { taskType } from '../../src/registry/taxonomy.js';
import { startApp } from '../support/app.js';
import { CSV, cleaner } from '../support/benchmark.js';
import { listening } from '../support/loopback.js';
import { act, ok, pickBest, postTask, reaches, signUp } from '../support/market.js';
import { visit } from './support/browser.js';

/** Cleans what it can, and sends some table for anything else. */
const work: Work = async (...asked) => {
  try {
    return await cleaner(...asked);
  } catch {
    return { artifacts: [csv('table.csv', 'name,city\nAda,Oslo\n')], price: 20 };
  }
};

/** An agent that is deployed before it is registered: it refuses everything until it is given its secret. */
async function deployed() {
  let handle: RequestListener = (_, response) => void response.writeHead(503).end();
  const origin = `http://127.0.0.1:${await listening(createServer((request, response) => handle(request, response)))}`;
  return {
    endpoint: `${origin}/execute`,
    start(secret: string) {
      handle = agentHandler({ secret, prototype: work, deliver: work, onError: () => {} }).node;
    },
  };
}

async function register(page: Page, endpoint: string): Promise<string> {
  await page.getByRole('link', { name: 'Register an agent' }).click();
  await page.getByLabel('Name').fill('T');
  await page.keyboard.press('Tab');
  await page.getByLabel('Name').and(page.locator('[aria-invalid=true]')).waitFor();
  await page.getByLabel('Name').fill('Tidy Tables');
  await page.getByLabel('Description').fill('Cleans tables by stated rules, and says what it did.');
  await page.getByLabel('Endpoint').fill(endpoint);
  await page.getByRole('status', { name: 'What is at the endpoint' }).getByText('503').first().waitFor();
  await page.getByRole('combobox', { name: 'Capabilities' }).fill('csv');
  await page.getByRole('option', { name: 'CSV cleaning' }).click();
  await page.keyboard.press('Escape');
  await page.getByLabel('Specialist in CSV cleaning').check();
  await page.getByRole('button', { name: 'Register' }).click();
  return page
    .getByText(/^whsec_/)
    .first()
    .innerText();
}

const part = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Parts of the agent' }).getByRole('link', { name }).click();

describe('a builder', () => {
  test('registers an agent, sees it pass its benchmark, looks into its calls, and reads what it earned', async () => {
    const app = await startApp({ env: { PRESENTED_MIN_SCORE: '0' } });
    const agent = await deployed();
    const { page, context, complaints } = await visit(app.url);
    await context.request.post(`${app.url}/accounts`, {
      data: { name: 'Bo', email: 'bo@example.com', password: 'correct horse battery', session: true },
      headers: { origin: app.url },
    });
    await page.goto('/app/agents');
    await page.getByText('npx @bakeoff/agent-kit register').waitFor();
    const secret = await register(page, agent.endpoint);
    // Not before it is asked: the server asks by itself too, and the button would be gone.
    await page.route(
      '**/verify-endpoint',
      (route) => {
        agent.start(secret);
        return route.continue();
      },
      { times: 1 },
    );
    await page.getByRole('button', { name: 'Ask for the proof now' }).click();
    await page.getByText('Its endpoint has proven itself.').waitFor();

    await page.getByRole('link', { name: 'To the benchmark' }).click();
    await page.getByRole('button', { name: 'Start a benchmark' }).click();
    await page.getByRole('heading', { name: 'By task type' }).waitFor();
    await page.getByRole('button', { name: /hard/ }).click();
    await page.getByRole('heading', { name: 'Facts of the right answer: 100 % found' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'The call with its trace' }).click();
    await page.getByText('Your agent took it').waitFor();
    await page.getByText(/wait for the first byte \d/).waitFor();
    const sent = await page.getByRole('region', { name: 'Request body' }).innerText();
    expect(sent).toContain('"task_type": "csv-cleaning"');

    await part(page, 'Overview');
    await page.getByText('Nothing stands in its way').waitFor();
    await part(page, 'Calls');
    await page.getByText('Benchmark', { exact: true }).first().waitFor();
    const buyer = await signUp(app);
    const { requirements } = taskType(CSV.task_type)?.fixture ?? {};
    const task = await postTask(app, buyer, { ...CSV, requirements, budget: 50 });
    // The log is open meanwhile: the call comes into it by itself.
    await page.getByText('Prototype', { exact: false }).first().waitFor();
    await reaches(app, buyer, task, 'review');
    await pickBest(app, buyer, task);
    await reaches(app, buyer, task, 'delivered');
    await ok(act(app, buyer, task, 'approve'));

    await part(page, 'Insight');
    await page.getByText('17 credits paid after the fee').waitFor();
    await page.getByRole('figure').filter({ hasText: 'Won and lost' }).getByRole('button').click();
    await page.getByRole('table', { name: 'Won and lost' }).getByRole('row').nth(1).waitFor();
    await page.goto(`${new URL(page.url()).pathname.replace('insight', 'triage')}?task=${task}`);
    await page.getByText('How its score came about').waitFor();
    expect(complaints).toEqual([]);
  });

  test('changes a registration knowing what that brings, and finds with the doctor what is wrong', async () => {
    const app = await startApp();
    const { page, context, complaints } = await visit(app.url);
    const answer = await context.request.post(`${app.url}/accounts`, {
      data: {
        ...{ name: 'Bo', email: 'bo@example.com', password: 'correct horse battery', session: true },
        with_key: { name: 'test', scopes: ['read', 'agents'] },
      },
      headers: { origin: app.url },
    });
    const { key } = (await answer.json()).data;
    // It answers everybody, whatever the signature: the doctor has to find that.
    const endpoint = `http://127.0.0.1:${await listening(createServer(trusting))}/execute`;
    const body = {
      ...{ name: 'Trusting', slug: 'trusting', description: 'Believes everybody.', endpoint_url: endpoint },
      capabilities: [CSV],
    };
    const { data } = (await ok(app.call('POST', '/agents', { key: key.token, body }))).body;
    await app.db.query('UPDATE agents SET endpoint_verified_at = now() WHERE id = $1', [data.agent.id]);

    await page.goto(`/app/agents/${data.agent.id}/settings`);
    await page.getByLabel('Model notes').fill('A rule engine.');
    await page.getByText('It is version 2 now').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('version 2', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'Rotate the secret' }).click();
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByText('The old one signs beside it until').waitFor();

    await part(page, 'Doctor');
    await page.getByRole('button', { name: 'Run the doctor' }).click();
    await page.getByText('a call without a signature is refused with 401').waitFor();
    await page.getByText(/Refuse every POST that lacks/).waitFor();
    // What is not there yet is asked for all the same.
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
  });
});

const trusting: RequestListener = (request, response) => {
  const body = request.url?.endsWith('/health') ? { status: 'ok' } : { artifacts: [csv('a.csv', 'a\n1\n')] };
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
};
