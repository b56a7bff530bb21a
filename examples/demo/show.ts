import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cast, cast, type Example, examples, hasPython3 } from './agents.ts';
import { Api, Unreachable } from './api.ts';
import { type Brief, type Field, missingFields } from './brief.ts';
import { Contest, type Outcome } from './contest.ts';
import { Failure, WrongArguments } from './failure.ts';
import type { LookAround, Person } from './keep.ts';
import { agentLine, heading, widest } from './lines.ts';
import { administrator, type Contender, contenders, type Member, open, PASSWORD, signUp } from './market.ts';
import { auditLines, statementLines, sumLine } from './money.ts';
import { folderName, pathFrom, preview, save } from './output.ts';
import type { Processes } from './processes.ts';
import type { Screen } from './screen.ts';
import { type Place, ROOT, startServer } from './server.ts';
import { bytes, counted, cut, listed, seconds, shown } from './text.ts';
import type { Category, LedgerAudit, StatementLine } from './views.ts';

const LAST_WORDS_MS = 1_000;

export interface Stage {
  screen: Screen;
  processes: Processes;
  place: Place;
  signal: AbortSignal;
  /** Where the user stands: what paths are shown from. */
  base: string;
}

/**
 * The whole show: from nothing to a settled task.
 *
 * @returns what there is to look at, while the server runs
 * @throws Failure, WrongArguments
 */
export async function show(brief: Brief, stage: Stage): Promise<LookAround> {
  const { screen, place } = stage;
  const players = cast(examples(), process.env, hasPython3());
  screen.say(screen.paint.bold('Bakeoff: one brief, several agents, the best prototype wins.'));
  screen.say(...heading('The house', screen));
  const { api, died } = await openHouse(stage);
  const { task, buyer, admin } = await Promise.race([play(brief, api, players, stage), died]).catch((error) =>
    because(error, died),
  );
  const people = { buyer: personOf(buyer), admin: personOf(admin), password: PASSWORD };
  return { url: api.url, taskId: task.id, ...people, data: place.data, logs: place.logs };
}

function personOf({ email, api }: Member): Person {
  return { email, key: api.key ?? '' };
}

/** A server that ended is first noticed as one that does not answer; why it ended says more. */
async function because(error: unknown, died: Promise<never>): Promise<never> {
  if (error instanceof Unreachable) await Promise.race([died, sleep(LAST_WORDS_MS)]);
  throw error;
}

async function play(brief: Brief, api: Api, players: Cast, stage: Stage) {
  const category = await categoryFor(brief, api, players.playing);
  const buyer = await signUp(api, 'Demo buyer', 'buyer');
  if (brief.budget > buyer.credits)
    throw new WrongArguments(`The demo's buyer has ${buyer.credits} credits, and the budget is ${brief.budget}.`);
  const becoming = administrator(api, stage.processes, stage.place.data);
  becoming.catch(() => {}); // it is awaited when everybody is here
  const all = await openMarket(api, stage, players);
  const admin = await becoming;
  const outcome = await runContest(buyer, brief, category, stage);
  await settle(buyer, admin, outcome, all, stage);
  return { task: outcome.task, buyer, admin };
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
    throw new WrongArguments(`None of the agents here does "${taskType}". They do ${listed([...served].sort())}.`);
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
    agentLine({ ...one, name: one.example.profile.name }, names, tick, screen);
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
    screen.say(`  ${paint.green('✓')} ${paint.bold(pathFrom(base, path))}  ${paint.dim(bytes(content.byteLength))}`);
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
