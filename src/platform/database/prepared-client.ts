import { hash } from 'node:crypto';
import pg from 'pg';

/** Texts beyond this many are not prepared: ad-hoc ones must not fill the server's memory. */
const MOST_STATEMENTS = 500;
const names = new Map<string, string>();

/**
 * A client that prepares what it is asked again and again: PostgreSQL parses and plans a text once a connection and not once
 * a call, which halves the cost of our short statements. It needs a connection that stays the same server process, so no
 * pooler in transaction mode.
 */
export class PreparedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as Query;
    const prepared: Query = (text, values, ...rest) => {
      const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
      return name === undefined ? query(text, values, ...rest) : query({ name, text, values }, ...rest);
    };
    // pg's overloads of `query` are more than TypeScript can follow through a wrapper; only text with values is changed.
    this.query = prepared as typeof this.query;
  }
}

type Query = (...args: unknown[]) => unknown;

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_STATEMENTS) return known;
  const name = `b_${hash('sha256', text).slice(0, 20)}`;
  names.set(text, name);
  return name;
}
