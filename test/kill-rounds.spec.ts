import { describe, expect, test } from 'vitest';
import { answer, gate } from './support/agents.js';
import { Hold } from './support/holds.js';
import { gallery, liveAgent, postTask, reaches, signUp, wallet } from './support/market.js';
import { ServerProcess } from './support/server-process.js';
import { until } from './support/until.js';

const ENV = { PRESENTED_MIN_SCORE: '0', CALL_LATE_START_S: '300', EXPERIMENTATION: '0' };

describe('kill -9 when', () => {
  test('enough good bids are in and the round is not ended yet: it ends all the same, once', async () => {
    const server = await ServerProcess.start({
      ...ENV,
      POOL_SIZE: '2',
      STOP_AFTER_GOOD_BIDS: '1',
      STOP_MIN_SCORE: '0',
    });
    const buyer = await signUp(server);
    const slow = gate();
    await liveAgent(server);
    await liveAgent(server, async (received, response) => {
      await slow.opened;
      await answer()(received, response);
    });
    const held = await Hold.at(server.db, { table: 'rounds', on: 'UPDATE', when: `NEW.closed_by = 'enough'` });
    const taskId = await postTask(server, buyer);
    await held.reached();
    await server.kill();
    await held.release();
    await server.launch();
    await reaches(server, buyer, taskId, 'review');
    slow.open();
    const shown = await gallery(server, buyer, taskId);
    expect(shown).toMatchObject({ closed_by: 'enough', bids: [{ status: 'received' }] });
    expect(await server.db.query('SELECT status FROM bids ORDER BY status')).toEqual([
      { status: 'cancelled' },
      { status: 'received' },
    ]);
    const events = await server.db.query(
      `SELECT type FROM events WHERE type IN ('task.judging', 'bid.cancelled', 'bid.released')`,
    );
    expect(events.map(({ type }) => type).sort()).toEqual(['bid.cancelled', 'bid.released', 'task.judging']);
    expect(await wallet(server, buyer)).toMatchObject({ available: 400, held: 100 });
  });

  test('the extra bidder is written and not committed: it is asked after the restart, once', async () => {
    const server = await ServerProcess.start({
      ...ENV,
      POOL_SIZE: '1',
      HEDGE_LATE_BIDDER: 'true',
      PROTOTYPE_WINDOW_S: '400',
    });
    const buyer = await signUp(server);
    const slow = gate();
    const reply: Parameters<typeof liveAgent>[1] = async (received, response) => {
      await slow.opened;
      await answer()(received, response);
    };
    await liveAgent(server, reply);
    await liveAgent(server, reply);
    const held = await Hold.at(server.db, { table: 'bids', on: 'INSERT', when: 'NEW.extra' });
    const taskId = await postTask(server, buyer);
    await until(
      () => server.db.query('SELECT 1 FROM rounds'),
      (rounds) => rounds.length === 1,
    );
    // As if it had begun 500 s earlier: more than half of its window is over.
    await server.db.query(`UPDATE rounds SET hedge_at = now(), started_at = started_at - interval '500 s'`);
    await held.reached();
    await server.kill();
    await held.release();
    await server.launch();
    await until(
      () => server.db.query('SELECT extra FROM bids ORDER BY extra'),
      (bids) => bids.length === 2,
    );
    slow.open();
    await reaches(server, buyer, taskId, 'review');
    expect(await server.db.query('SELECT extra, status FROM bids ORDER BY extra')).toEqual([
      { extra: false, status: 'received' },
      { extra: true, status: 'received' },
    ]);
    expect(await server.db.query(`SELECT 1 FROM events WHERE type = 'bid.extra'`)).toHaveLength(1);
    expect(await server.db.query('SELECT outstanding FROM rounds')).toEqual([{ outstanding: 0 }]);
  });
});
