import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Db, rows, together } from '../src/platform/database/db.js';
import { PreparedClient } from '../src/platform/database/prepared-client.js';
import { createDatabase, type TestDatabase } from './support/databases.js';

let database: TestDatabase;
let dataSource: DataSource;
let db: Db;
beforeAll(async () => {
  database = await createDatabase();
  dataSource = new DataSource({
    type: 'postgres',
    url: database.ownerUrl,
    poolSize: 3,
    extra: { Client: PreparedClient },
  });
  await dataSource.initialize();
  db = new Db(dataSource);
  await db.query('CREATE TABLE notes (id integer PRIMARY KEY, text text NOT NULL)');
  await db.query('GRANT SELECT ON notes TO PUBLIC');
});

afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

beforeEach(async () => {
  await db.query('DELETE FROM notes');
});

const INSERT = 'INSERT INTO notes (id, text) VALUES ($1, $2)';
/** As another connection sees it. */
const all = () => database.query('SELECT id, text FROM notes ORDER BY id');

describe('a transaction', () => {
  test('in which nothing is asked leaves its connection outside of one', async () => {
    for (let i = 0; i < 6; i++) await db.transaction(async () => {});
    await db.query(INSERT, [1, 'a']);
    expect(await all()).toEqual([{ id: 1, text: 'a' }]);
  });

  test('holds its first statement too, until it commits', async () => {
    await db.transaction(async (tx) => {
      await rows(tx, INSERT, [1, 'a']);
      expect(await all()).toEqual([]);
      await rows(tx, INSERT, [2, 'b']);
    });
    expect(await all()).toEqual([
      { id: 1, text: 'a' },
      { id: 2, text: 'b' },
    ]);
  });

  test('that throws leaves nothing, and its connection serves the next one', async () => {
    for (let i = 0; i < 6; i++) {
      const failing = db.transaction(async (tx) => {
        await rows(tx, INSERT, [i, 'a']);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
    }
    expect(await all()).toEqual([]);
  });

  test('whose very first statement fails is rolled back as a whole', async () => {
    const failing = db.transaction(async (tx) => {
      await rows(tx, INSERT, [1, null]).catch(() => {});
      await rows(tx, INSERT, [2, 'b']);
    });
    await expect(failing).rejects.toThrow('current transaction is aborted');
    expect(await all()).toEqual([]);
  });
});

describe('statements together', () => {
  test('run in their order, in one transaction, and return what they found', async () => {
    const found = await db.transaction((tx) =>
      together(
        rows(tx, INSERT, [1, 'a']),
        rows<{ n: number }>(tx, 'SELECT count(*)::int AS n FROM notes'),
        null,
        rows(tx, INSERT, [2, 'b']),
        rows<{ n: number }>(tx, 'SELECT count(*)::int AS n FROM notes'),
      ),
    );
    expect([found[1][0]?.n, found[2], found[4][0]?.n]).toEqual([1, null, 2]);
  });

  test('of which one fails throw its error, after all have been answered, and leave nothing', async () => {
    const ended: string[] = [];
    const failing = db.transaction((tx) =>
      together(
        rows(tx, INSERT, [1, 'a']),
        rows(tx, INSERT, [1, 'again']),
        (async () => {
          await rows(tx, INSERT, [2, 'b']).catch(() => {});
          // A chain of statements goes on while the others are answered: still inside of the same transaction.
          await rows(tx, INSERT, [3, 'c']).catch((error: Error) => ended.push(error.message));
        })(),
      ),
    );
    await expect(failing).rejects.toThrow('duplicate key');
    expect(ended).toEqual([expect.stringContaining('current transaction is aborted')]);
    expect(await all()).toEqual([]);
  });
});

describe('a transaction for many', () => {
  const insertAll = (ids: readonly number[]) =>
    db.transactionForMany(ids, (tx, items) => rows(tx, "INSERT INTO notes SELECT unnest($1::integer[]), 'a'", [items]));
  /** Somebody else holds note 2. @returns how to have it given up */
  const held = async () => {
    const [inserted, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holding = db.transaction(async (tx) => {
      await rows(tx, INSERT, [2, 'held']);
      inserted.resolve();
      await released.promise;
      throw new Error('given up');
    });
    holding.catch(() => {});
    await inserted.promise;
    return released.resolve;
  };

  test('gives up on a lock after a moment and leaves nothing; one alone waits for it', async () => {
    const release = await held();
    await expect(insertAll([1, 2])).rejects.toThrow('lock timeout');
    expect(await all()).toEqual([]);
    const alone = insertAll([2]);
    release();
    await alone;
    expect(await all()).toEqual([{ id: 2, text: 'a' }]);
  });

  test('bounds its own waiting alone: the next on its connection waits as ever', async () => {
    for (let i = 0; i < 3; i++) await insertAll([i * 2, i * 2 + 1]);
    const settings = await Promise.all([1, 2, 3].map(() => db.query<{ lock_timeout: string }>('SHOW lock_timeout')));
    expect(settings.flat().map((row) => row.lock_timeout)).toEqual(['0', '0', '0']);
  });
});
