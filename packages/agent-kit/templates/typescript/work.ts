import { readFileSync } from 'node:fs';
import { type Answer, Decline, type ExecuteRequest, file, readAttachment, type WorkContext } from '@bakeoff/agent-kit';
import { briefFrom, cleaned } from './clean.ts';

interface Profile {
  slug: string;
  min_price: number;
  capabilities: { category: string; task_type: string }[];
}

/** What the agent is registered with, so that it says of itself what the platform knows. */
export const profile: Profile = JSON.parse(readFileSync(new URL('agent.json', import.meta.url), 'utf8'));

const PRICE_SHARE = 0.5;
const MAX_BYTES = 4 * 2 ** 20;

/** A bid: the work itself, with a price. */
export async function prototype(request: ExecuteRequest, context: WorkContext): Promise<Answer> {
  const { amount } = request.budget;
  if (amount < profile.min_price) throw new Decline(`I work from ${profile.min_price} credits on.`);
  const price = Math.min(amount, Math.max(profile.min_price, Math.round(amount * PRICE_SHARE)));
  return { ...(await deliver(request, context)), price };
}

/** The finished work for a bid that was picked, or a revision of it. */
export async function deliver(request: ExecuteRequest, { signal }: WorkContext): Promise<Answer> {
  if (!profile.capabilities.some(({ task_type }) => task_type === request.task_type))
    throw new Decline(`I do ${profile.capabilities.map(({ task_type }) => task_type).join(', ')}, and nothing else.`);
  const brief = briefFrom(request.requirements, request.description, request.quality_rules.rules);
  const { csv, summary } = cleaned(await readTable(request, signal), brief);
  const message = request.revision ? 'I cleaned it once more; I could not act on your notes.' : 'Here is your table.';
  return { artifacts: [file('cleaned.csv', 'text/csv', Buffer.from(csv))], summary, message };
}

async function readTable({ attachments }: ExecuteRequest, signal: AbortSignal): Promise<string> {
  const table = attachments.find(({ name, media_type }) => /\.(csv|tsv|txt)$/i.test(name) || media_type === 'text/csv');
  if (!table) throw new Decline('I need the table as a CSV file, attached to the task.');
  const text = new TextDecoder().decode(await readAttachment(table, { maxBytes: MAX_BYTES, signal }));
  return text.replaceAll('\u0000', '');
}
