import type { BrowserContext } from 'playwright-core';
import type { TestApp } from '../../support/app.js';
import type { Person } from '../../support/market.js';

let buyers = 0;

/** Signs a new account in in a browser profile; its key lets a test do by API what is not its subject. */
export async function signedIn(app: TestApp, context: BrowserContext, name = 'Ada'): Promise<Person> {
  const data = {
    email: `buyer-${++buyers}@example.com`,
    password: 'correct horse battery',
    name,
    session: true,
    with_key: { name: 'test', scopes: ['read', 'tasks', 'agents'] },
  };
  const answer = await context.request.post(`${app.url}/accounts`, { data, headers: { origin: app.url } });
  const { account, key } = (await answer.json()).data;
  return { accountId: account.id, key: key.token };
}
