import type { Reply } from '../../support/agents.js';
import { send } from '../../support/agents.js';

/** What the agents of the seeded market send: each kind of artifact there is, and one of everything at its longest. */

export const LONG_WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2);
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const MARKDOWN = `# The pier in two sentences

Six of the eight bearings no longer move, so the pier won't carry heavy lorries after next summer. The office advises to **replace the bearings** for 6.4 million, with a closure of eleven weeks.

| part | cost | lasts |
|---|---|---|
| bearings | 6.4 million | 40 years |
| new pier | 48 million | 80 years |

\`\`\`js
const cheaper = (a, b) => (a.cost < b.cost ? a : b);
\`\`\`
`;
const HTML =
  '<!doctype html><html lang="en"><title>The pier</title><style>body{font:16px sans-serif;margin:2rem}</style><h1>The pier</h1><p>Six of the eight bearings no longer move.</p></html>';
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 120"><rect width="240" height="120" fill="#264653"/><circle cx="120" cy="60" r="36" fill="#e9c46a"/></svg>';
const ROWS = Array.from(
  { length: 40 },
  (_, row) => `${row + 1},Customer ${row + 1},${(row * 137) % 900},2026-0${(row % 9) + 1}-12`,
);
const CSV = `id,customer,credits,joined\n${ROWS.join('\n')}\n`;
const CODE = `export function total(items: readonly { price: number; count: number }[]): number {\n  return items.reduce((sum, { price, count }) => sum + price * count, 0);\n}\n`;

const markdown = (content: string) => ({ type: 'markdown', name: 'summary.md', media_type: 'text/markdown', content });

/** One answer for each agent: what a gallery has to show. */
const WORKS = [
  { artifacts: [markdown(MARKDOWN)], price: 34, summary: 'The two sentences, and the table behind them.' },
  {
    artifacts: [
      { type: 'html', name: 'page.html', media_type: 'text/html', content: HTML },
      { type: 'image', name: 'pier.svg', media_type: 'image/svg+xml', content: SVG },
    ],
    price: 40,
    summary: 'A page that can be put on the notice board.',
  },
  {
    artifacts: [
      { type: 'file', name: 'customers.csv', media_type: 'text/csv', content: CSV },
      {
        type: 'json',
        name: 'facts.json',
        media_type: 'application/json',
        content: '{"bearings":{"all":8,"stuck":6},"cost":6.4}',
      },
    ],
    price: 28,
    summary: 'The facts as data.',
  },
  {
    artifacts: [
      { type: 'code', name: 'total.ts', media_type: 'text/x-typescript', content: CODE },
      { type: 'image', name: 'pixel.png', media_type: 'image/png', base64: PIXEL },
    ],
    price: 45,
  },
] as const;

const LONG = {
  artifacts: [
    markdown(
      `# ${LONG_WORD}\n\n${'A sentence that goes on and on about the pier and its bearings. '.repeat(120)}\n\n${LONG_WORD}`,
    ),
    {
      type: 'text',
      name: `${'a-very-long-name-of-a-file-'.repeat(4)}.txt`,
      media_type: 'text/plain',
      content: LONG_WORD.repeat(20),
    },
  ],
  price: 50,
  summary: `${LONG_WORD} ${'A summary at its longest. '.repeat(20)}`,
  message: `${'A word to the buyer that does not want to end. '.repeat(20)}`,
};

/**
 * The agent's answer follows the title, so that the same agents bring tasks into every state: `Slow` and `Working` wait for
 * good, `Declined` is declined, `Broken` breaks at the delivery, `Long` is as long as may be.
 */
export const agentNumber =
  (number: number): Reply =>
  ({ request, phase }, response) => {
    const { title } = request;
    const isDelivery = phase === 'delivery';
    if (!isDelivery && title.startsWith('Declined'))
      return send(response, { declined: { reason: 'Too far from what I do.' } });
    if (!isDelivery && title.startsWith('Slow') && number > 0) return;
    if (isDelivery && (title.startsWith('Working') || request.revision)) return;
    if (isDelivery && title.startsWith('Broken'))
      return send(response, { error: { code: 'no_disk', message: 'The disk is full.' } }, 400);
    const work = title.startsWith('Long') ? LONG : (WORKS[number % WORKS.length] ?? LONG);
    if (!isDelivery) return send(response, work);
    const { price: _price, ...delivery } = work;
    send(response, { ...delivery, artifacts: [...work.artifacts, markdown(`${MARKDOWN}\nThe finished work.\n`)] });
  };
