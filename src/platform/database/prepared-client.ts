import { hash } from 'node:crypto';
import pg from 'pg';

/** Texts beyond this many are not prepared: ad-hoc ones must not fill the server's memory. */
const MOST_STATEMENTS = 500;
const names = new Map<string, string>();

/** TypeORM's words. */
const BEGIN = 'START TRANSACTION';
const ENDS: ReadonlySet<unknown> = new Set(['COMMIT', 'ROLLBACK']);
const NOTHING = { rows: [], rowCount: 0, command: '', oid: 0, fields: [] };

/**
 * A client for many short statements, which spends round trips sparingly. What is asked again and again is prepared: PostgreSQL
 * parses and plans a text once a connection and not once a call. A transaction begins on the wire together with its first
 * statement. Statements that are asked for at the same time (`Promise.all`) leave in one write, and the server runs them in
 * that order. It needs a connection that stays the same server process, so no pooler in transaction mode.
 */
export class PreparedClient extends pg.Client {
  private isBeginning = false;
  private isCorked = false;

  constructor(config?: pg.ClientConfig) {
    super({ ...config, pipeline: true });
    const query = this.query.bind(this) as Query;
    const sparing: Query = (text, values, ...rest) => {
      if (text === BEGIN) return this.beginLater();
      if (this.isBeginning && ENDS.has(text)) return this.endNothing();
      this.cork();
      const begun = this.begin(query);
      const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
      const answer = name === undefined ? query(text, values, ...rest) : query({ name, text, values }, ...rest);
      return begun ? Promise.all([begun, answer]).then(([, result]) => result) : answer;
    };
    // pg's overloads of `query` are more than TypeScript can follow through a wrapper; only text with values is changed.
    this.query = sparing as typeof this.query;
  }

  private beginLater(): Promise<unknown> {
    this.isBeginning = true;
    return Promise.resolve(NOTHING);
  }

  /** A transaction in which nothing was asked. */
  private endNothing(): Promise<unknown> {
    this.isBeginning = false;
    return Promise.resolve(NOTHING);
  }

  private begin(query: Query): Promise<unknown> | undefined {
    if (!this.isBeginning) return undefined;
    this.isBeginning = false;
    return query(BEGIN);
  }

  /** Holds what is written until everything that was asked for in this turn of the event loop is there. */
  private cork(): void {
    if (this.isCorked) return;
    this.isCorked = true;
    const { stream } = this.connection;
    stream.cork();
    process.nextTick(() => {
      this.isCorked = false;
      stream.uncork();
    });
  }
}

type Query = (...args: unknown[]) => Promise<unknown>;

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_STATEMENTS) return known;
  const name = `b_${hash('sha256', text).slice(0, 20)}`;
  names.set(text, name);
  return name;
}
