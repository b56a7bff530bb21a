import { plain } from '../caller/seen.js';
import {
  type Command,
  type ExitCode,
  type Io,
  oneOf,
  parsed,
  Unable,
  UsageError,
  wholeNumber,
} from '../cli/command.js';
import type { Home } from '../cli/home.js';
import { practiceOf } from '../cli/practice.js';
import { until } from '../cli/until.js';
import { PRACTICE_LEVELS, type PracticeTask } from '../practice.js';
import { Api } from './api.js';
import { bidLine, deliveryLines } from './buy-report.js';
import { Here } from './here.js';
import { agentJson } from './registration.js';
import { newAccount, password } from './signup.js';
import { type Bid, Deliveries, Gallery, Preview, Task, Uploaded } from './views.js';

const USAGE = `[post | pick [BID] | approve] [options]
Plays a buyer, with an account of its own, since nobody's agent works on their own tasks:
  post              posts a practice task, waits for the gallery and prints it (this is what "buy" alone does)
  pick [BID]        picks a bid, else the best judged one, and waits for the finished work
  approve           accepts it: the winner is paid
  --email EMAIL     makes that account first; its key is kept in .env as BAKEOFF_BUYER_KEY
  --key KEY         the buyer's key; else BAKEOFF_BUYER_KEY, else .env in this folder
  --task-type T     what to ask for; else the first task type of agent.json
  --level L         easy, typical (default) or hard       --seed N      another draw (default 1)
  --budget N        whole credits, held until the task ends (default 200)
  --task ID         another task than the one that was posted last
  --wait S          how long to wait for bids or work, in s (default 900)
  --server ORIGIN   the Bakeoff server; else BAKEOFF_SERVER, else the one of .bakeoff.json, else the one that this kit came from
  --json            the server's answer as JSON
Exit code: 0 done, 1 no bid or no work came, 2 asked wrongly or refused.`;

const OPTIONS = {
  email: { type: 'string' },
  key: { type: 'string' },
  'task-type': { type: 'string' },
  level: { type: 'string', default: 'typical' },
  seed: { type: 'string', default: '1' },
  budget: { type: 'string', default: '200' },
  task: { type: 'string' },
  wait: { type: 'string', default: '900' },
  server: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parsed<typeof OPTIONS>>['values'];

interface Purchase {
  readonly here: Here;
  readonly api: Api;
  readonly values: Values;
  readonly io: Io;
  readonly waitMs: number;
}

export function buy(home: Home): Command {
  return {
    name: 'buy',
    summary: 'plays a buyer: posts a practice task, picks a bid, approves the work',
    usage: USAGE,
    async run(args, io) {
      const { values, positionals } = parsed(args, OPTIONS);
      const [given = 'post', bid, ...more] = positionals;
      const step = oneOf('the step', given, ['post', 'pick', 'approve']);
      if (more.length > 0 || (bid !== undefined && step !== 'pick'))
        throw new UsageError(`"${more[0] ?? bid}" is too much`);
      const waitMs = wholeNumber('--wait', values.wait, 1, 86_400) * 1_000;
      const here = await Here.of(values, io, home);
      const api = await buyer(here, values, io);
      const purchase = { here, api, values, io, waitMs };
      if (step === 'post') return post(purchase);
      return step === 'pick' ? pick(purchase, bid) : approve(purchase);
    },
  };
}

/** @throws Unable there is no account to buy with */
async function buyer(here: Here, { key, email }: Values, io: Io): Promise<Api> {
  const known = key ?? (await here.variable('BAKEOFF_BUYER_KEY'));
  if (known) return new Api(here.origin, known);
  if (!email)
    throw new Unable('A buyer needs an account of their own: --email ADDRESS makes one, or give its key with --key.');
  await here.folder.checkWritable();
  const made = await newAccount(here.anybody, { email, name: 'A buyer', password: password() });
  const variables = { BAKEOFF_BUYER_KEY: made.token, BAKEOFF_BUYER_PASSWORD: made.password };
  await here.folder.setVariables(variables, `the buyer ${email} at ${here.origin}`);
  io.note(`The buyer ${email} has ${made.signedUp.gift_credits} gift credits; the key is in .env (BAKEOFF_BUYER_KEY).`);
  return new Api(here.origin, made.token);
}

async function post(purchase: Purchase): Promise<ExitCode> {
  const { here, api, values, io, waitMs } = purchase;
  const brief = await drawn(purchase);
  const body = {
    ...{ title: brief.title, description: brief.description, category: brief.category, task_type: brief.task_type },
    ...{ requirements: brief.requirements, quality_rules: brief.quality_rules },
    budget: wholeNumber('--budget', values.budget, 1, 1_000_000_000),
  };
  const { expected_calls, candidates_total, left_out } = await api.post('/tasks/preview', Preview, body);
  io.note(`Agents that could do it: ${candidates_total}; about ${Number(expected_calls.toFixed(1))} will be called.`);
  for (const { agents, meaning } of left_out) io.note(`  left out: ${agents} that ${plain(meaning, 200)}`);
  const attachments: string[] = [];
  for (const { name, media_type, content } of brief.files)
    attachments.push((await api.upload('/attachments', Uploaded, name, media_type, content)).id);
  const task = await api.post('/tasks', Task, { ...body, attachments });
  await here.folder.remember({ server: here.origin, task_id: task.id });
  io.note(`Posted "${plain(task.title, 100)}", task ${task.id}; ${task.budget} credits are held.`);
  const isOver = ({ status }: Task) => !['open', 'matching', 'prototyping', 'judging'].includes(status);
  const then = await until(() => api.get(`/tasks/${task.id}`, Task), isOver, waitMs);
  const gallery = await api.get(`/tasks/${task.id}/bids`, Gallery);
  if (values.json) io.out(`${JSON.stringify({ task: then, gallery })}\n`);
  else io.out(`${galleryLines(then, gallery.bids).join('\n')}\n`);
  return then.status === 'review' ? 0 : 1;
}

/** A practice task of the server's, as it would draw one for `try`. */
async function drawn({ here, values }: Purchase): Promise<PracticeTask> {
  const level = oneOf('--level', values.level, PRACTICE_LEVELS);
  const seed = wholeNumber('--seed', values.seed, 0, 2 ** 31 - 1);
  const type =
    values['task-type'] ?? (await agentJson(here)).capabilities?.find(({ task_type }) => task_type)?.task_type;
  if (!type) throw new UsageError('--task-type is missing, and agent.json names none');
  return practiceOf(here.origin).task(type, level, seed);
}

function galleryLines({ status, reason }: Task, bids: readonly Bid[]): string[] {
  if (status !== 'review')
    return [`The task is ${status}${reason ? `: ${plain(reason, 200)} (docs/errors.md#why-a-task-ended)` : ''}.`];
  return [...bids].sort(byRank).map(bidLine);
}

const byRank = (a: Bid, b: Bid) => (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER);

async function pick({ here, api, values, io, waitMs }: Purchase, given: string | undefined): Promise<ExitCode> {
  const id = taskIdIn(here, values);
  const bid = given ?? [...(await api.get(`/tasks/${id}/bids`, Gallery)).bids].sort(byRank)[0]?.id;
  if (bid === undefined) throw new Unable('The gallery is empty: there is nothing to pick.');
  await api.post(`/tasks/${id}/select`, Task, { bid_id: bid });
  const isOver = ({ status }: Task) => status !== 'in_progress';
  const task = await until(() => api.get(`/tasks/${id}`, Task), isOver, waitMs);
  const deliveries = await api.get(`/tasks/${id}/deliveries`, Deliveries);
  if (values.json) io.out(`${JSON.stringify({ task, deliveries })}\n`);
  else io.out(`${[`The task is ${task.status}.`, ...deliveries.flatMap(deliveryLines)].join('\n')}\n`);
  return task.status === 'delivered' ? 0 : 1;
}

async function approve({ here, api, values, io }: Purchase): Promise<ExitCode> {
  const task = await api.post(`/tasks/${taskIdIn(here, values)}/approve`, Task);
  if (values.json) io.out(`${JSON.stringify(task)}\n`);
  else
    io.out(
      `The task is ${task.status}: the winner is paid its price less ${task.fee_bps / 100} %, the rest of the budget is back.\n`,
    );
  return 0;
}

/** @throws Unable none was posted from here */
function taskIdIn({ state, program }: Here, { task }: Values): string {
  const id = task ?? state.task_id;
  if (id) return encodeURIComponent(id);
  throw new Unable(`No task was posted from this folder: "${program} buy" posts one, or name one with --task.`);
}
