import { join, relative } from 'node:path';
import { type Cast, cast, type Example, examples, hasPython3 } from './agents.ts';
import { Api } from './api.ts';
import type { Options } from './arguments.ts';
import { type Brief, type Field, missingFields } from './brief.ts';
import { Contest, type Outcome } from './contest.ts';
import { Failure, WrongArguments } from './failure.ts';
import { keepLines } from './keep.ts';
import { agentLine, heading, widest } from './lines.ts';
import { administrator, type Contender, contenders, type Member, open, signUp } from './market.ts';
import { auditLines, statementLines, sumLine } from './money.ts';
import { folderName, preview, save } from './output.ts';
import type { Processes } from './processes.ts';
import type { Screen } from './screen.ts';
import { type Place, ROOT, startServer } from './server.ts';
import { bytes, counted, cut, listed, seconds, shown } from './text.ts';
import type { Category, LedgerAudit, StatementLine, Task } from './views.ts';

export interface Stage {
  screen: Screen;
  processes: Processes;
  place: Place;
  signal: AbortSignal;
  /** Where the user stands: what paths are shown from. */
  base: string;
}

/** The whole show: from nothing to a settled task. @throws Failure, WrongArguments */
export async function show(options: Options, brief: Brief, stage: Stage): Promise<void> {
  const { screen, processes, place } = stage;
  const players = cast(examples(), process.env, hasPython3());
  screen.say(screen.paint.bold('Bakeoff: one brief, several agents, the best prototype wins.'));
  screen.say(...heading('The house', screen));
  const { api, died } = await openHouse(stage);
  const work = async () => {
    const category = await categoryFor(brief, api, players.playing);
    const admin = administrator(api, processes, place.data);
    admin.catch(() => {}); // it is awaited when everybody is here
    const buyer = await signUp(api, 'Demo buyer', 'buyer');
    const all = await openMarket(api, stage, players);
    await admin;
    const outcome = await runContest(buyer, brief, category, stage);
    await settle(buyer, await admin, outcome, all, stage);
    if (!options.keep) screen.say(...hints(screen));
    else await keepOpen(buyer, await admin, outcome.task, api, stage);
  };
  await Promise.race([work(), died]);
}

function hints({ paint }: Screen): string[] {
  const next = [
    ['npm run demo -- --keep', 'leaves it running, to look around'],
    [
      'npm run demo -- --brief examples/demo/briefs/logo.md',
      'has a logo drawn; --help shows how to bring a brief of your own',
    ],
  ];
  return ['', ...next.map(([command = '', what = '']) => `  ${command}  ${paint.dim(what)}`)];
}

async function openHouse({ screen, processes, place, signal }: Stage): Promise<{ api: Api; died: Promise<never> }> {
  const { paint } = screen;
  const startedAt = performance.now();
  screen.board((tick) => [
    `  ${paint.yellow('⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'[tick % 10] ?? '')} ${paint.dim(`starting the server on a PostgreSQL of its own ... ${seconds(performance.now() - startedAt)}`)}`,
  ]);
  const { url, process } = await startServer(processes, place.data);
  screen.clear();
  screen.say(
    `  ${paint.green('✓')} server on ${url}, on a PostgreSQL of its own, in ${seconds(performance.now() - startedAt)}`,
  );
  const died = process.ended.then((said): never => {
    throw new Failure(said);
  });
  died.catch(() => {}); // it also ends when we end it
  return { api: new Api(url, signal), died };
}

/** The category of the task type, once the brief says all that it asks for. @throws WrongArguments */
async function categoryFor({ taskType, requirements }: Brief, api: Api, playing: readonly Example[]): Promise<string> {
  const categories = await api.get<Category[]>('/categories');
  const category = categories.find(({ task_types }) => task_types.some(({ slug }) => slug === taskType));
  const served = new Set(
    playing.flatMap(({ profile }) => profile.capabilities.flatMap(({ task_type }) => task_type ?? [])),
  );
  const whole = new Set(
    playing.flatMap(({ profile }) => profile.capabilities.flatMap((one) => (one.task_type ? [] : one.category))),
  );
  if (!category)
    throw new WrongArguments(`There is no task type "${taskType}". The agents here do ${listed([...served].sort())}.`);
  if (!served.has(taskType) && !whole.has(category.slug)) {
    throw new WrongArguments(
      `None of the agents here does "${taskType}". They do ${listed([...served].sort())}. With OPENAI_BASE_URL set, an agent with a model takes part too.`,
    );
  }
  const { requirements: fields } = await api.get<{ requirements: Field[] }>(
    `/categories/${category.slug}/task-types/${taskType}`,
  );
  const missing = missingFields(taskType, fields, requirements);
  if (missing) throw new WrongArguments(missing);
  return category.slug;
}

async function openMarket(api: Api, { screen, processes }: Stage, { playing, leftOut }: Cast): Promise<Contender[]> {
  const { paint } = screen;
  const all = contenders(playing);
  const names = widest([...all.map(({ example }) => example.profile.name), ...leftOut.map(({ name }) => name)]);
  const line = (one: Contender, tick: number | null) =>
    agentLine({ name: one.example.profile.name, stage: one.stage, run: one.run }, names, tick, screen);
  screen.say(
    ...heading(
      'The agents',
      screen,
      `${counted(playing.length, 'process', 'processes')}: registered, probed, then tested on a benchmark each`,
    ),
  );
  screen.board((tick) => all.map((one) => line(one, tick)));
  await open(api, processes, all, (one) => {
    if (one.stage === 'live' || one.stage === 'not live') screen.note(line(one, null));
  });
  screen.settle();
  screen.say(
    ...leftOut.map(({ name, why }) => `  ${paint.dim('-')} ${name.padEnd(names)}  ${paint.dim(`left out: ${why}`)}`),
  );
  return all;
}

async function runContest(buyer: Member, brief: Brief, category: string, { screen, base }: Stage): Promise<Outcome> {
  const { paint, width } = screen;
  const contest = new Contest(buyer.api, screen);
  const posted = await contest.post(brief, category);
  const outcome = await contest.follow(posted);
  const { artifacts, summary, message } = outcome.delivery;
  const files = await Promise.all(
    artifacts.map(async ({ name, media_type, url }) => ({ name, media_type, content: await buyer.api.download(url) })),
  );
  const saved = save(join(ROOT, 'demo-output', folderName(brief.title, posted.id)), files);
  if (summary) screen.say(`  "${cut(shown(summary), width - 4)}"`);
  if (message) screen.say(`  "${cut(shown(message), width - 4)}"`);
  for (const [position, { media_type, content }] of files.entries()) {
    const path = saved[position]?.path ?? '';
    screen.say(`  ${paint.green('✓')} ${paint.bold(relative(base, path))}  ${paint.dim(bytes(content.byteLength))}`);
    screen.say(...preview(content, media_type, position, width - 6).map((line) => `      ${paint.dim(line)}`));
  }
  return outcome;
}

async function settle(
  buyer: Member,
  admin: Member,
  { task, winner }: Outcome,
  all: readonly Contender[],
  { screen }: Stage,
): Promise<void> {
  await buyer.api.post(`/tasks/${task.id}/approve`);
  const operator = all.find(({ agentId }) => agentId === winner.agent.id)?.operator;
  if (!operator) throw new Failure('The winner is none of the agents that the demo started.');
  const [bought, earned, audit] = await Promise.all([
    buyer.api.get<StatementLine[]>('/wallet/statement'),
    operator.get<StatementLine[]>('/wallet/statement'),
    admin.api.get<LedgerAudit>('/admin/ledger/audit'),
  ]);
  const received = earned
    .filter(({ task_id, kind }) => task_id === task.id && kind === 'settlement')
    .reduce((sum, { credits }) => sum + credits, 0);
  const sides = [
    { who: 'buyer', lines: bought, settled: 'came back: the bid was cheaper' },
    { who: `operator of ${shown(winner.agent.name)}`, lines: earned, settled: 'earned with the task' },
  ];
  screen.say(
    ...heading('The ledger', screen, 'the buyer approves, and the credits settle'),
    ...statementLines(sides, screen),
  );
  screen.say(sumLine({ budget: task.budget, price: winner.price ?? task.budget, received, feeBps: task.fee_bps }));
  screen.say(...heading('The audit', screen), ...auditLines(audit, screen));
  if (!audit.ok) throw new Failure('The audit of the ledger found problems.');
}

async function keepOpen(
  buyer: Member,
  admin: Member,
  { id }: Task,
  api: Api,
  { screen, place, signal }: Stage,
): Promise<void> {
  const keys = { buyerKey: buyer.api.key ?? '', adminKey: admin.api.key ?? '' };
  screen.say(...keepLines({ url: api.url, taskId: id, ...keys, data: place.data, logs: place.logs }, screen));
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
