import { createServer, type RequestListener } from 'node:http';
import { agentHandler } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import { startApp } from '../support/app.js';
import { cleaner } from '../support/benchmark.js';
import { listening } from '../support/loopback.js';
import { visit } from './support/browser.js';

/** An agent that is deployed before it is registered: it refuses everything until it is given its secret. */
async function deployed() {
  let handle: RequestListener = (_, response) => void response.writeHead(503).end();
  const origin = `http://127.0.0.1:${await listening(createServer((request, response) => handle(request, response)))}`;
  return {
    endpoint: `${origin}/execute`,
    start(secret: string) {
      handle = agentHandler({ secret, prototype: cleaner, deliver: cleaner, onError: () => {} }).node;
    },
  };
}

describe('a builder', () => {
  test('registers an agent, starts it with its secret, and sees it pass its benchmark and go live', async () => {
    const app = await startApp();
    const agent = await deployed();
    const { page, context, complaints } = await visit(app.url);
    await context.request.post(`${app.url}/accounts`, {
      data: { name: 'Bo', email: 'bo@example.com', password: 'correct horse battery', session: true },
      headers: { origin: app.url },
    });
    await page.goto('/app/agents');
    await page.getByText('npx @bakeoff/agent-kit register').waitFor();
    await page.getByRole('link', { name: 'Register an agent' }).click();

    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByLabel('Name').and(page.locator('[aria-invalid=true]')).waitFor();
    await page.getByLabel('Name').fill('Tidy Tables');
    await page.getByLabel('Description').fill('Cleans tables by stated rules, and says what it did.');
    await page.getByLabel('Endpoint').fill(agent.endpoint);
    await page.getByRole('combobox', { name: 'Capabilities' }).fill('csv');
    await page.getByRole('option', { name: 'CSV cleaning' }).click();
    await page.keyboard.press('Escape');
    await page.getByLabel('Specialist in CSV cleaning').check();
    await page.getByRole('button', { name: 'Register' }).click();

    agent.start(
      await page
        .getByText(/^whsec_/)
        .last()
        .innerText(),
    );
    await page.getByRole('button', { name: 'Ask for the proof now' }).click();
    await page.getByText('Its endpoint has proven itself.').waitFor();
    await page.getByRole('link', { name: 'To the benchmark' }).click();
    await page.getByRole('button', { name: 'Start a benchmark' }).click();
    await page.getByRole('heading', { name: 'By task type' }).waitFor();
    await page.getByRole('button', { name: /hard/ }).click();
    await page.getByRole('heading', { name: 'Facts of the right answer: 100 % found' }).waitFor();
    expect(new URL(page.url()).searchParams.get('case')).not.toBeNull();

    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('Nothing stands in its way').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('What stands in the way').waitFor();
    expect(complaints).toEqual([]);
  });
});
