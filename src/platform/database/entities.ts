import { Db, rows, type Tx } from './db.js';

type Entity<T> = new () => T;

const selects = new WeakMap<Entity<object>, string>();

/**
 * Whole entities, by what follows FROM in SQL. For what a round waits for: TypeORM would build the text of a query anew each time and
 * carry each value over by its column's description, and that takes longer than to run it. Here a value is what the driver gives.
 *
 * @param rest names the entity's table `e`
 */
export async function entitiesWhere<T extends object>(
  from: Tx | Db,
  entity: Entity<T>,
  rest: string,
  params: unknown[],
): Promise<T[]> {
  const text = `${selectOf(from, entity)} ${rest}`;
  const found =
    from instanceof Db ? await from.query<Partial<T>>(text, params) : await rows<Partial<T>>(from, text, params);
  return found.map((row) => Object.assign(new entity(), row));
}

/** An entity by its id, locked until the transaction ends. */
export async function lockById<T extends object>(tx: Tx, entity: Entity<T>, id: string): Promise<T | null> {
  const [found] = await entitiesWhere(tx, entity, 'WHERE e.id = $1 FOR UPDATE', [id]);
  return found ?? null;
}

function selectOf<T extends object>({ dataSource }: Tx | Db, entity: Entity<T>): string {
  const known = selects.get(entity);
  if (known !== undefined) return known;
  const { tablePath, columns } = dataSource.getMetadata(entity);
  const named = columns.map(({ databaseName, propertyName }) => `e."${databaseName}" AS "${propertyName}"`);
  const text = `SELECT ${named.join(', ')} FROM ${tablePath} e`;
  selects.set(entity, text);
  return text;
}
