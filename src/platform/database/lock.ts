import { rows, type Tx } from './db.js';

type Entity<T> = new () => T;

const texts = new WeakMap<Entity<object>, string>();

/** An entity by its id, locked until the transaction ends. TypeORM would build the same text anew each time, and that takes longer than to run it. */
export async function lockById<T extends object>(tx: Tx, entity: Entity<T>, id: string): Promise<T | null> {
  const text = texts.get(entity) ?? lockText(tx, entity);
  texts.set(entity, text);
  const [row] = await rows<Partial<T>>(tx, text, [id]);
  return row ? Object.assign(new entity(), row) : null;
}

function lockText<T extends object>(tx: Tx, entity: Entity<T>): string {
  const { tablePath, columns } = tx.dataSource.getMetadata(entity);
  const named = columns.map(({ databaseName, propertyName }) => `"${databaseName}" AS "${propertyName}"`);
  return `SELECT ${named.join(', ')} FROM ${tablePath} WHERE id = $1 FOR UPDATE`;
}
