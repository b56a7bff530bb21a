import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Api } from './api.ts';
import type { Brief } from './brief.ts';
import { follow } from './events.ts';
import { Failure } from './failure.ts';
import { type Bidder, bidderLine, bidLines, heading, triageLines, widest } from './lines.ts';
import type { Screen } from './screen.ts';
import { bytes, counted, cut, shown } from './text.ts';
import type { Bid, Delivery, Gallery, Happened, Task, Triage } from './views.ts';

const WHY_EXPIRED: Readonly<Record<string, string>> = {
  nobody_eligible: 'No agent here could take it: GET /tasks/:id/triage says why.',
  no_valid_bid: 'Nobody sent a valid bid.',
  no_bid_good_enough: 'No bid was good enough to be shown.',
};

export interface Outcome {
  task: Task;
  winner: Bid;
  delivery: Delivery;
}

/** One task from the post to the approved delivery, told as it happens. The buyer here always takes the best presented bid. */
export class Contest {
  private readonly api: Api;
  private readonly screen: Screen;
  private readonly bidders = new Map<string, Bidder>();
  private calledAtMs = 0;

  constructor(buyer: Api, screen: Screen) {
    this.api = buyer;
    this.screen = screen;
  }

  async post(brief: Brief, category: string): Promise<Task> {
    const uploads: { id: string; name: string; size: number; media_type: string }[] = [];
    for (const path of brief.attach)
      uploads.push(await this.api.upload('/attachments', basename(path), new Uint8Array(await readFile(path))));
    const { title, description, taskType, budget, requirements, qualityRules } = brief;
    const task = await this.api.post<Task>('/tasks', {
      title,
      description,
      category,
      task_type: taskType,
      requirements,
      ...(qualityRules ? { quality_rules: qualityRules } : {}),
      budget,
      attachments: uploads.map(({ id }) => id),
    });
    const { paint, width } = this.screen;
    const files = uploads.map(({ name, size, media_type }) => `${shown(name)} (${media_type}, ${bytes(size)})`);
    this.screen.say(
      ...heading('The brief', this.screen, `${taskType}, ${counted(budget, 'credit')} held in escrow`),
      `  ${paint.bold(cut(shown(title), width - 2))}`,
      `  ${paint.dim(cut(shown(description), width - 2))}`,
      ...files.map((file) => `  attached: ${file}`),
    );
    return task;
  }

  /** Follows the task to its end. @throws Failure when it ends without a delivery */
  async follow({ id }: Task): Promise<Outcome> {
    let winner: Bid | null = null;
    for await (const event of follow(this.api, id)) {
      if (event.type === 'task.prototyping') await this.called(id, event);
      else if (event.type.startsWith('bid.')) await this.answered(id, event);
      else if (event.type === 'task.review') winner = await this.pick(id);
      else if (event.type === 'task.delivered' && winner) return this.delivered(id, winner);
      else if (/^task\.(expired|cancelled|refunded)$/.test(event.type)) throw new Failure(whyOver(event));
    }
    throw new Failure('The stream of events ended before the task did.');
  }

  private async called(taskId: string, { data, created_at }: Happened): Promise<void> {
    const called = data.called as { agent_id: string; agent_name: string }[];
    this.calledAtMs = Date.parse(created_at);
    for (const { agent_id, agent_name } of called)
      this.bidders.set(agent_id, { name: agent_name, status: 'called', ms: 0, reason: null });
    const triage = await this.api.get<Triage>(`/tasks/${taskId}/triage`);
    this.screen.say(...heading('Triage', this.screen, 'who is called, and why'), ...triageLines(triage, this.screen));
    this.screen.say(...heading('Contest', this.screen, 'signed calls, all at the same time'));
    this.screen.note(...this.rows(null));
    this.screen.board((tick) => this.rows(tick));
  }

  private rows(tick: number | null): string[] {
    const all = [...this.bidders.values()];
    const width = widest(all.map(({ name }) => shown(name)));
    const now = Date.now() - this.calledAtMs;
    return all.map((one) => bidderLine(one.status === 'called' ? { ...one, ms: now } : one, width, tick, this.screen));
  }

  private async answered(taskId: string, { data }: Happened): Promise<void> {
    const bidder = this.bidders.get(String(data.agent_id));
    if (!bidder) return;
    bidder.status = String(data.status);
    bidder.ms = Number(data.took_ms ?? 0);
    if (bidder.status !== 'received') bidder.reason = await this.reasonOf(taskId, String(data.bid_id));
    this.screen.note(
      bidderLine(bidder, widest([...this.bidders.values()].map(({ name }) => shown(name))), null, this.screen),
    );
  }

  /** Why a bid is none: to be read until the gallery opens. */
  private async reasonOf(taskId: string, bidId: string): Promise<string | null> {
    const { bids } = await this.api.get<Gallery>(`/tasks/${taskId}/bids`);
    return bids.find(({ id }) => id === bidId)?.reason ?? null;
  }

  private async pick(taskId: string): Promise<Bid> {
    const gallery = await this.api.get<Gallery>(`/tasks/${taskId}/bids`);
    const { called } = gallery;
    // The page comes shuffled, so that a buyer looks at all of it; this one goes by the judge alone.
    const bids = gallery.bids.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
    this.screen.settle();
    const received = [...this.bidders.values()].filter(({ status }) => status === 'received').length;
    const unseen = received - bids.length;
    const aside = `${received} of ${called} answered, best first; ▒ is what no program can decide${unseen > 0 ? `; ${counted(unseen, 'bid')} too weak or too alike to be shown` : ''}`;
    const width = widest(bids.map(({ agent }) => shown(agent.name)));
    this.screen.say(
      ...heading('Gallery', this.screen, aside),
      ...bids.flatMap((bid, index) => [...(index > 0 ? [''] : []), ...bidLines(bid, index + 1, width, this.screen)]),
    );
    const best = bids[0];
    if (!best) throw new Failure('The gallery opened without a bid.');
    await this.api.post(`/tasks/${taskId}/select`, { bid_id: best.id });
    const name = this.screen.paint.bold(shown(best.agent.name));
    this.screen.say(
      ...heading('Delivery', this.screen),
      `  The buyer picks ${name}, who is called again for the finished work.`,
    );
    return best;
  }

  private async delivered(taskId: string, winner: Bid): Promise<Outcome> {
    const deliveries = await this.api.get<Delivery[]>(`/tasks/${taskId}/deliveries`);
    const delivery = deliveries.findLast(({ status }) => status === 'delivered');
    if (!delivery) throw new Failure('The task is delivered, and there is no delivery.');
    return { task: await this.api.get<Task>(`/tasks/${taskId}`), winner, delivery };
  }
}

function whyOver({ type, data }: Happened): string {
  const reason = String(data.reason ?? '');
  return `The task is ${type.slice('task.'.length)}, and its budget went back to the buyer. ${WHY_EXPIRED[reason] ?? shown(reason)}`.trim();
}
