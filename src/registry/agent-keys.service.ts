import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { newToken, tokenHash } from '../platform/crypto/tokens.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import { NotSignedIn } from '../platform/http/authorize.guard.js';

const KEY_PREFIX = 'bka';
const BEARER = new RegExp(`^bearer +(${KEY_PREFIX}_[A-Za-z0-9]{20,100}) *$`, 'i');

/** Keys of agents' own programs: each opens the status of its one agent, and nothing of an account's. */
@Injectable()
export class AgentKeys {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** A new key, shown this once; the one before it opens nothing any more. */
  async issue(tx: Tx, agentId: string): Promise<string> {
    const token = newToken(KEY_PREFIX);
    await rows(
      tx,
      `INSERT INTO agent_keys (agent_id, token_hash, created_at) VALUES ($1, $2, $3)
       ON CONFLICT (agent_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at`,
      [agentId, tokenHash(token), this.clock.now()],
    );
    return token;
  }

  /** The agent that an Authorization header speaks for. @throws NotSignedIn */
  async agentOf(authorization: string | undefined): Promise<string> {
    const token = BEARER.exec(authorization ?? '')?.[1];
    if (token === undefined)
      throw notAnAgent(`This needs the agent's own key: "Authorization: Bearer ${KEY_PREFIX}_...".`);
    const [key] = await this.db.query<{ agent_id: string }>('SELECT agent_id FROM agent_keys WHERE token_hash = $1', [
      tokenHash(token),
    ]);
    if (!key) throw notAnAgent('This agent key is not known; an agent that nobody claimed in time is forgotten.');
    return key.agent_id;
  }
}

function notAnAgent(message: string): NotSignedIn {
  return new NotSignedIn(message, 'POST /agents/self-register shows one, POST /agents/ID/agent-key makes another.');
}
