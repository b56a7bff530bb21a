import { describe, expect, test } from 'vitest';
import { answer, type Reply, send, work } from './support/agents.js';
import { startApp, type TestApp } from './support/app.js';
import { gallery, liveAgent, ok, type Person, postTask, reaches, signUp } from './support/market.js';
import { eventsOf } from './support/registry.js';

const env = { PRESENTED_MIN_SCORE: '0', PRESENTED_MIN: '3', PRESENTED_MAX: '3', POOL_SIZE: '8' };

const words = (from: number, count: number) => Array.from({ length: count }, (_, at) => `word${from + at}`).join(' ');
const says = (text: string, more: Record<string, unknown> = {}): Reply => answerWith(text, more);

function answerWith(text: string, more: Record<string, unknown>): Reply {
  return (_, response) => send(response, work(text, more));
}

async function inReview(app: TestApp): Promise<{ buyer: Person; taskId: string }> {
  const buyer = await signUp(app);
  const taskId = await postTask(app, buyer);
  await reaches(app, buyer, taskId, 'review');
  return { buyer, taskId };
}

async function ownBid(app: TestApp, agentId: string, { key }: Person) {
  return (await ok(app.call('GET', `/agents/mine/${agentId}/bids`, { key }))).body.data[0];
}

describe('the gallery', () => {
  test('shows one of two bids that are nearly the same, and tells the other operator why', async () => {
    const app = await startApp({ env });
    const text = words(0, 80);
    const dear = await liveAgent(app, says(text, { price: 90 }));
    const cheap = await liveAgent(app, says(`${text} indeed`, { price: 50 }));
    const other = await liveAgent(app, says(words(500, 80), { price: 90 }));
    const { buyer, taskId } = await inReview(app);
    const shown = await gallery(app, buyer, taskId);
    const agents = shown.bids.map(({ agent }: { agent: { id: string } }) => agent.id);
    expect(agents).toHaveLength(2);
    expect(agents).toContain(other.id);
    expect(shown.not_presented).toEqual([
      { reason: 'near_duplicate', bids: 1, meaning: 'are nearly the same as a better bid' },
    ]);
    const hidden = agents.includes(cheap.id) ? dear : cheap;
    const bid = await ownBid(app, hidden.id, hidden.operator);
    expect(bid).toMatchObject({ presented: false, position: null, not_presented: { reason: 'near_duplicate' } });
    const judged = (await eventsOf(app, hidden.operator.accountId)).find(({ type }) => type === 'bid.judged');
    expect(judged?.data).toMatchObject({ presented: false, not_presented: { reason: 'near_duplicate' } });
    const [kept] = shown.bids.filter(({ agent }: { agent: { id: string } }) => agent.id !== other.id);
    expect(JSON.stringify([bid, judged])).not.toContain(kept.id);
    expect(JSON.stringify([bid, judged])).not.toContain(kept.agent.id);
  });

  test('says how many are not shown, keeps the rank beside the shuffled place, and tells what names the same model', async () => {
    const app = await startApp({ env });
    const usage = (model: string) => ({ usage: { model, input_tokens: 1, output_tokens: 1, cost: 0.01 } });
    for (let n = 0; n < 4; n++) await liveAgent(app, says(words(n * 200, 60), n < 2 ? usage(`Big Model-${1}`) : {}));
    await liveAgent(app, (_, response) => send(response, { declined: { reason: 'not mine' } }));
    await liveAgent(app, answer({ price: 101 }));
    const { buyer, taskId } = await inReview(app);
    const shown = await gallery(app, buyer, taskId);
    expect(shown.bids.map(({ position }: { position: number }) => position)).toEqual([1, 2, 3]);
    expect(new Set(shown.bids.map(({ rank }: { rank: number }) => rank)).size).toBe(3);
    expect(shown.page_seed).toMatch(/^[0-9a-f]{32}$/);
    expect(shown.closed_by).toBe('all_answered');
    expect(shown.not_presented.map(({ reason, bids }: { reason: string; bids: number }) => [reason, bids])).toEqual([
      ['no_place', 1],
      ['invalid', 1],
      ['declined', 1],
    ]);
    const named = shown.bids.filter((bid: { declared_model: string | null }) => bid.declared_model !== null);
    for (const bid of named) {
      const others = named.filter(({ id }: { id: string }) => id !== bid.id).map(({ id }: { id: string }) => id);
      expect(bid).toMatchObject({ same_model_as: others, same_operator_as: [] });
    }
  });
});
