import { type Answer, type CallOptions, type TestApp } from './app.js';

export const PASSWORD = 'correct horse battery';

let number = 0;

/** The body of a sign-up that nobody made before. */
export const someone = (more: Record<string, unknown> = {}) => ({
  email: `someone-${++number}@example.com`,
  password: PASSWORD,
  name: 'Someone',
  ...more,
});

export const signUp = (app: TestApp, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  app.call('POST', '/accounts', { body: someone(more), headers });

export interface Program {
  readonly accountId: string;
  readonly key: string;
}

/** A new account with a key of its own. */
export async function aProgram(app: TestApp, scopes: readonly string[] = ['read', 'tasks']): Promise<Program> {
  const { account, key } = (await signUp(app, { with_key: { name: 'test', scopes } })).body.data;
  return { accountId: account.id, key: key.token };
}

/** What a browser sends back. */
export function cookieOf(answer: Answer): string {
  const [cookie = ''] = [answer.headers['set-cookie'] ?? ''].flat();
  return cookie.split(';')[0] ?? '';
}

/** A new account, signed in in a browser that asks from the server's own pages. */
export async function aBrowser(app: TestApp) {
  const body = someone({ session: true });
  const cookie = cookieOf(await app.call('POST', '/accounts', { body }));
  const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, { headers, ...rest }: CallOptions = {}) =>
    app.call(method, path, { headers: { cookie, origin: app.url, ...headers }, ...rest });
  return { body, cookie, ask };
}
