import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Profiles } from '../src/triage/profiles.service.js';
import { CATEGORY, startTriage, TYPE } from './support/triage.js';

const BRIEF = {
  title: 'Tidy our parcels sheet',
  description: 'Merge duplicate rows and trim.',
  asked: [CATEGORY, TYPE],
};

/** As agents of which no profile is new enough. */
async function compared(profiles: Profiles, ...agentIds: readonly string[]) {
  return profiles.relevances(await profiles.hear(BRIEF), new Map(agentIds.map((id) => [id, null])));
}

describe('profiles', () => {
  test('are found by what the brief says, within the category', async () => {
    const { profiles, givenAgent } = await startTriage();
    const parcels = await givenAgent('Parcels and sheets');
    const rows = await givenAgent('Duplicate rows');
    await givenAgent('Parcels elsewhere', { capabilities: [{ category: 'design', taskType: 'svg-logo' }] });
    await givenAgent('Nothing of it');
    await profiles.rebuild();
    await profiles.count();

    const found = await profiles.relevant(await profiles.hear({ ...BRIEF, asked: [] }), CATEGORY);

    expect(found.toSorted()).toEqual([parcels, rows].toSorted());
  });

  test('take in what an agent finished, once', async () => {
    const { db, profiles, givenAgent } = await startTriage();
    const id = await givenAgent('Aster');
    const other = await givenAgent('Birch');
    const before = await compared(profiles, id, other);
    const done = {
      agentId: id,
      taskId: '00000000-0000-4000-8000-0000000000f1',
      text: 'Parcels sheet with duplicate rows',
    };
    await db.transaction((tx) => profiles.finished(tx, done));
    await db.transaction((tx) => profiles.finished(tx, done));

    const after = await compared(profiles, id, other);

    expect(before.get(id)).toMatchObject({ history: 0 });
    expect(after.get(id)?.history).toBeGreaterThan(0);
    expect(after.get(id)?.terms).toEqual(expect.arrayContaining(['parcel', 'dedup']));
    expect(after.get(id)?.named).toMatchObject([{ capability: TYPE, how: 'asked', proven: true }]);
    expect(after.get(other)?.history).toBe(0);
  });

  test('are made anew when the agent changes, and hostile words are only words', async () => {
    const { db, profiles, givenAgent } = await startTriage();
    const id = await givenAgent(`O'Neil \\ & | ! <-> :*`);
    await profiles.rebuild();
    await db.query(`UPDATE agents SET name = 'Parcels', updated_at = now() + interval '1 second' WHERE id = $1`, [id]);
    await profiles.rebuild();
    await profiles.count();

    const hostile = { title: `Parcels' & 'x' | !y :* \\`, description: `'); DROP TABLE agents; --`, asked: [] };

    expect(await profiles.relevant(await profiles.hear(hostile), CATEGORY)).toEqual([id]);
  });
});

describe('an embeddings provider', () => {
  const settings = (url: string) => ({
    EMBEDDINGS_URL: url,
    EMBEDDINGS_MODEL: 'small',
    EMBEDDINGS_KEY: 'secret',
    EGRESS_ALLOW: '127.0.0.0/8',
  });

  test('adds a bounded part, and is asked for each text once', async () => {
    const asked: { key: string | undefined; input: string[] }[] = [];
    const url = await provider((key, input) => {
      asked.push({ key, input });
      return { data: input.map((text, index) => ({ index, embedding: /parcel/i.test(text) ? [1, 0] : [0, 1] })) };
    });
    const { profiles, givenAgent } = await startTriage(settings(url));
    const alike = await givenAgent('Parcels');
    const other = await givenAgent('Speeches');
    const found = await compared(profiles, alike, other);
    expect(await compared(profiles, alike, other)).toEqual(found);

    expect(found.get(alike)?.meaning).toBe(0.25);
    expect(found.get(other)?.meaning).toBe(0);
    expect(asked.map(({ key, input }) => [key, input.length])).toEqual([['Bearer secret', 3]]);
  });

  test('that fails changes nothing', async () => {
    const url = await provider(() => ({ data: 'none' }));
    const { profiles, givenAgent } = await startTriage(settings(url));
    const id = await givenAgent('Parcels');
    expect((await compared(profiles, id)).get(id)).toMatchObject({ meaning: null, terms: ['parcel'] });
  });

  async function provider(answer: (key: string | undefined, input: string[]) => unknown): Promise<string> {
    const respond = async (request: IncomingMessage, response: ServerResponse) => {
      const { input } = JSON.parse(await text(request)) as { input: string[] };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer(request.headers.authorization, input)));
    };
    const server = createServer((request, response) => void respond(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  }
});
