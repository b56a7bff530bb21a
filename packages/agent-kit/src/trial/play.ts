import { randomUUID } from 'node:crypto';
import type { CallbackServer } from '../caller/callbacks.js';
import type { Caller } from '../caller/caller.js';
import type { Came } from '../caller/exchange.js';
import type { FileServer } from '../caller/files.js';
import { callLater } from '../caller/later.js';
import { pastWork } from '../caller/request.js';
import { type Seen, seenOf } from '../caller/seen.js';
import { CONTRACT_VERSION } from '../contract/limits.js';
import type { ExecuteRequest } from '../contract/request.js';
import type { ReceivedAnswer } from '../parse.js';
import type { PracticeBrief, PracticeJudgement } from '../practice.js';

export type Step = 'prototype' | 'delivery' | 'revision';

/** One call and what became of it. */
export interface Played {
  step: Step;
  request: ExecuteRequest;
  came: Came;
  seen: Seen;
  /** What is wrong with the price, which the platform looks at after the answer. */
  priceProblem: string | null;
  /** null when nobody judged. */
  judged: { judgement: PracticeJudgement } | { problem: string } | null;
}

export interface Play {
  caller: Caller;
  brief: PracticeBrief;
  files: FileServer;
  /** Takes the answers of an agent that answers later; null for one that does not. */
  callbacks: CallbackServer | null;
  windowMs: number;
  phase: 'prototype' | 'delivery' | 'both';
  /** The notes of a revision after the delivery; null for none. */
  revision: string | null;
  judge: ((answer: ReceivedAnswer) => Promise<PracticeJudgement>) | null;
}

/** One task from its brief to its last delivery, as the platform would go about it; it ends where a call brings no work. */
export async function play(game: Play): Promise<Played[]> {
  const taskId = randomUUID();
  const played: Played[] = [];
  let bid: ReceivedAnswer | null = null;
  if (game.phase !== 'delivery') {
    bid = await step(game, 'prototype', taskId, {}, played);
    if (!bid || game.phase === 'prototype') return played;
  }
  const price = Number.isInteger(bid?.price) ? Number(bid?.price) : game.brief.budget.amount;
  const picked = bid ? { prototype: { ...pastWork(bid), price } } : {};
  const delivered = await step(game, 'delivery', taskId, picked, played);
  if (delivered && game.revision !== null) {
    const revision = { number: 1, notes: game.revision, previous: pastWork(delivered) };
    await step(game, 'revision', taskId, { ...picked, revision }, played);
  }
  return played;
}

async function step(game: Play, name: Step, taskId: string, more: Partial<ExecuteRequest>, played: Played[]) {
  const phase = name === 'prototype' ? 'prototype' : 'delivery';
  const { request, came } = await called(game, requestOf(game, phase, taskId, more));
  const seen = seenOf(came);
  const answer = seen.kind === 'answered' ? seen.answer : null;
  const priceProblem = answer && name === 'prototype' ? problemOf(answer.price, game.brief.budget.amount) : null;
  const judged = answer && game.judge ? await judgedBy(game.judge, answer) : null;
  played.push({ step: name, request, came, seen, priceProblem, judged });
  return answer;
}

async function called({ caller, callbacks, windowMs }: Play, request: ExecuteRequest) {
  const options = { timeoutMs: windowMs };
  if (!callbacks) return { request, came: await caller.call(request, options) };
  const open = callbacks.open(request.call_id, Date.parse(request.deadline_at));
  const withCallback = { ...request, callback: open.callback };
  return { request: withCallback, came: await callLater(caller, open, withCallback, options) };
}

async function judgedBy(judge: NonNullable<Play['judge']>, answer: ReceivedAnswer): Promise<Played['judged']> {
  try {
    return { judgement: await judge(answer) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function requestOf(
  game: Play,
  phase: ExecuteRequest['phase'],
  taskId: string,
  more: Partial<ExecuteRequest>,
): ExecuteRequest {
  const { title, description, category, task_type, requirements, quality_rules, budget, files } = game.brief;
  const attachments = files.map(
    ({ name, media_type, content }) => game.files.serve({ name, media_type, bytes: Buffer.from(content) }).attachment,
  );
  return {
    ...{ contract_version: CONTRACT_VERSION, call_id: randomUUID(), task_id: taskId, round: 1, phase },
    ...{ title, description, category, task_type, requirements, quality_rules, budget, attachments },
    deadline_at: new Date(Date.now() + game.windowMs).toISOString(),
    ...more,
  };
}

function problemOf(price: unknown, budget: number): string | null {
  if (price === undefined || price === null) return null;
  if (Number.isInteger(price) && Number(price) >= 1 && Number(price) <= budget) return null;
  return `price: must be whole credits from 1 to the budget of ${budget}, and is ${JSON.stringify(price)}`;
}
