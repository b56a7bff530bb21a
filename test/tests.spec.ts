import { expect, test } from 'vitest';
import { taskType } from '../src/registry/taxonomy.js';
import { type Reply, send } from './support/agents.js';
import { call, startApp, type TestApp } from './support/app.js';
import { gallery, liveAgent, ok, type Person, pickBest, postTask, reaches, signUp, task } from './support/market.js';
import { pythonHere } from './support/python.js';

const env = { PRESENTED_MIN_SCORE: '0', SIGNUP_GIFT_CREDITS: '100000' };

const code =
  (content: string, name: string): Reply =>
  (_, response) =>
    send(response, {
      artifacts: [{ type: 'code', name, media_type: 'text/plain', content }],
      price: 10,
      summary: 'done',
      message: '',
    });

const RIGHT = 'export function add(a, b) { return a + b; }';
const WRONG = 'export function add(a, b) { return a - b; }';
const CASES = [
  { name: 'a secret pair', call: 'add', args: [20, 22], equals: 42 },
  { call: 'add', args: [0, 0], equals: 0 },
];

function programming() {
  const type = taskType('javascript-function');
  if (!type) throw new Error('The taxonomy has no such type.');
  return { category: type.category, task_type: type.slug, requirements: type.fixture.requirements };
}

async function bidder(app: TestApp, content: string, name: string) {
  const { category, task_type } = programming();
  return liveAgent(app, code(content, name), { capabilities: [{ category, task_type }] });
}

async function judged(app: TestApp, buyer: Person, tests: unknown) {
  const id = await postTask(app, buyer, { ...programming(), tests });
  await reaches(app, buyer, id, 'review');
  const { bids } = await gallery(app, buyer, id);
  return { id, bids };
}

test("a buyer's tests are run on every bid, weigh in its score, and stay hidden from who made it", async () => {
  const app = await startApp({ env });
  const buyer = await signUp(app);
  const right = await bidder(app, RIGHT, 'solution.js');
  const wrong = await bidder(app, WRONG, 'solution.js');
  const { id, bids } = await judged(app, buyer, { language: 'javascript', cases: CASES });

  const of = (agentId: string) => bids.find((bid: { agent: { id: string } }) => bid.agent.id === agentId);
  const [good, bad] = [of(right.id), of(wrong.id)];
  const tests = (bid: typeof good) =>
    bid.judgement.criteria.filter(({ source }: { source: string }) => source === 'tests');
  expect(tests(good).map(({ met }: { met: string }) => met)).toEqual(['yes', 'yes', 'yes']);
  expect(tests(bad)).toMatchObject([{ met: 'no' }, { met: 'no', evidence: 'gave -2, expected 42' }, { met: 'yes' }]);
  expect(good.score.low).toBeGreaterThan(bad.score.low + 20);
  expect(await task(app, buyer, id)).toMatchObject({ tests: { language: 'javascript' } });

  const seen = (await ok(call(app.url, 'GET', `/agents/mine/${wrong.id}/bids`, { key: wrong.operator.key }))).body.data;
  expect(JSON.stringify(seen)).not.toMatch(/secret pair|expected 42/);
  expect(JSON.stringify(wrong.agent.log)).not.toMatch(/secret pair/);

  await pickBest(app, buyer, id);
  await reaches(app, buyer, id, 'delivered');
  await expect
    .poll(
      async () => (await ok(call(app.url, 'GET', `/tasks/${id}/deliveries`, { key: buyer.key }))).body.data[0].tested,
    )
    .toMatchObject({ verdict: 'pass', passed: 2, failed: 0 });
});

test('tests that cannot be run leave a score open and say why', async () => {
  const app = await startApp({ env });
  const buyer = await signUp(app);
  await bidder(app, 'def add(a, b):\n    return a + b\n', 'solution.py');
  const { bids } = await judged(app, buyer, { language: 'python', cases: CASES });
  const all = bids[0].judgement.criteria.find(({ key }: { key: string }) => key === 'tests');
  expect(all).toMatchObject({ met: 'unknown', evidence: expect.stringContaining('TESTS_PYTHON is off') });
  expect(bids[0].score.high - bids[0].score.low).toBeGreaterThan(30);
});

test.skipIf((await pythonHere()).kind === 'off')('Python is run where it has a sandbox', async () => {
  const app = await startApp({ env: { ...env, TESTS_PYTHON: 'python3' } });
  const buyer = await signUp(app);
  await bidder(app, '# the work\n```python\ndef add(a, b):\n    return a + b\n```', 'answer.md');
  const { bids } = await judged(app, buyer, {
    language: 'python',
    cases: CASES,
    source: 'def test_add():\n    assert add(1, 2) == 3\n',
  });
  const all = bids[0].judgement.criteria.filter(({ source }: { source: string }) => source === 'tests');
  expect(all.map(({ met }: { met: string }) => met)).toEqual(['yes', 'yes', 'yes', 'yes']);
});

test('a task is refused whose tests say nothing, or cannot be stored', async () => {
  const app = await startApp({ env });
  const buyer = await signUp(app);
  const post = (tests: unknown) =>
    call(app.url, 'POST', '/tasks', {
      key: buyer.key,
      body: { title: 'A title', description: 'x'.repeat(30), ...programming(), budget: 10, tests },
    });
  const wrong = [
    { language: 'javascript' },
    { language: 'cobol', cases: CASES },
    { language: 'python', cases: [{ call: 'add', args: [] }] },
    { language: 'python', cases: [{ call: 'rm -rf', args: [], equals: 1 }] },
    { language: 'python', cases: [{ call: 'f', args: ['\u0000'], equals: 1 }] },
    { language: 'python', cases: [{ call: 'f', args: [], matches: '(' }] },
  ];
  for (const tests of wrong) expect((await post(tests)).status).toBe(422);
});
