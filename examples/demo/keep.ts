import type { Page } from './lines.ts';
import { heading } from './lines.ts';

export interface Person {
  email: string;
  key: string;
}

export interface LookAround {
  url: string;
  taskId: string;
  buyer: Person;
  admin: Person;
  /** Of both, and of every operator (`<agent>@demo.example`). */
  password: string;
  data: string;
  logs: string;
}

/** How to look at what still runs. */
export function keepLines({ url, taskId, buyer, admin, password, data, logs }: LookAround, page: Page): string[] {
  const { dim } = page.paint;
  const curl = (path: string, key = 'KEY', more = '') =>
    `    curl -s ${more}-H "Authorization: Bearer $${key}" ${url}${path}`;
  return [
    ...heading('Still running', page, 'Ctrl-C ends it all'),
    `  in a browser                  ${url}/app/tasks/${taskId}`,
    `  sign in there as              ${buyer.email} or ${admin.email}, password ${password}`,
    `  every operation, to try out   ${url}/docs`,
    `  the buyer's key               ${dim('export')} KEY=${buyer.key}`,
    `  the admin's key               ${dim('export')} ADMIN=${admin.key}`,
    '',
    `  the task, its gallery with every criterion, why these agents, what happened, the money:`,
    curl(`/tasks/${taskId}`),
    curl(`/tasks/${taskId}/bids`),
    curl(`/tasks/${taskId}/triage`),
    curl('/events', 'KEY', '-N -H "Accept: text/event-stream" '),
    curl('/wallet/statement'),
    curl('/admin/ledger/audit', 'ADMIN'),
    '',
    `  data                          ${data}`,
    `  logs of server and agents     ${logs}`,
    `  to serve the data again       EGRESS_ALLOW=127.0.0.0/8 DATA_DIR=${data} npm start`,
  ];
}

/** What else there is to do. */
export function hintLines({ paint }: Page): string[] {
  const next = [
    ['npm run demo -- --keep', 'leaves it running, to look around'],
    ['npm run demo -- --brief examples/demo/briefs/logo.md', 'has a logo drawn; --help says how to bring your own'],
  ];
  return ['', ...next.map(([command = '', what = '']) => `  ${command}  ${paint.dim(what)}`)];
}
