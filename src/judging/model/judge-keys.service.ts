import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SecretBox } from '../../platform/crypto/secrets.js';
import { Db, rows, type Tx } from '../../platform/database/db.js';
import { Egress } from '../../platform/egress/egress.js';
import type { Actor } from '../../platform/http/actor.js';
import type { JudgeKeyView, PutJudgeKey } from './judge-key.schema.js';
import type { Price } from './meter.js';
import { JudgeKeyNotSet, JudgeUrlMissing } from './model.errors.js';
import type { Provider } from './provider.schema.js';
import type { ModelAccess } from './sdk-client.js';

interface Row {
  readonly account_id: string;
  readonly provider: Provider;
  readonly url: string | null;
  readonly model: string;
  readonly ciphertext: string;
  readonly ends_with: string | null;
  readonly price_in: number;
  readonly price_out: number;
  readonly max_cents: number;
  readonly set_at: Date;
}

/** What a buyer pays for a model itself. */
export interface OwnModel {
  readonly access: ModelAccess;
  readonly price: Price;
  readonly maxCents: number;
}

/** Showing four characters of a shorter key would give too much of it away. */
const LONG_ENOUGH = 20;

const placeOf = (accountId: string) => ({ table: 'judge_keys', column: 'ciphertext', row: accountId });

/** Buyers' own keys for judging models: sealed at rest, opened for a call on that buyer's tasks and nowhere else. */
@Injectable()
export class JudgeKeys {
  constructor(
    private readonly db: Db,
    private readonly box: SecretBox,
    private readonly egress: Egress,
    private readonly clock: Clock,
  ) {}

  /**
   * Sets the account's key; one that was set before is gone.
   *
   * @throws BadUrl, JudgeUrlMissing
   */
  async put({ accountId }: Actor, input: PutJudgeKey): Promise<JudgeKeyView> {
    if (input.provider === 'openai-compatible' && input.url === undefined) throw new JudgeUrlMissing();
    const url = input.url === undefined ? null : this.egress.checkUrl(input.url, 'url').href.replace(/\/+$/, '');
    const endsWith = input.key.length >= LONG_ENOUGH ? input.key.slice(-4) : null;
    const sealed = this.box.seal(input.key, placeOf(accountId));
    const [row] = await this.db.query<Row>(
      `INSERT INTO judge_keys (account_id, provider, url, model, ciphertext, ends_with, price_in, price_out, max_cents, set_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (account_id) DO UPDATE SET provider = EXCLUDED.provider, url = EXCLUDED.url, model = EXCLUDED.model,
         ciphertext = EXCLUDED.ciphertext, ends_with = EXCLUDED.ends_with, price_in = EXCLUDED.price_in,
         price_out = EXCLUDED.price_out, max_cents = EXCLUDED.max_cents, set_at = EXCLUDED.set_at
       RETURNING *`,
      [
        ...[accountId, input.provider, url, input.model, sealed, endsWith],
        ...[input.price_in_cents, input.price_out_cents, input.max_cents, this.clock.now()],
      ],
    );
    if (!row) throw new Error('The key was not kept.');
    return viewOf(row);
  }

  /** @throws JudgeKeyNotSet */
  async get({ accountId }: Actor): Promise<JudgeKeyView> {
    const row = await this.rowOf(accountId);
    if (!row) throw new JudgeKeyNotSet();
    return viewOf(row);
  }

  /** Forgets the key; without one there is nothing to do. */
  async remove({ accountId }: Actor): Promise<void> {
    await this.db.query('DELETE FROM judge_keys WHERE account_id = $1', [accountId]);
  }

  /** The account's model with its key in the clear, to be handed to a client at once. */
  async of(accountId: string): Promise<OwnModel | null> {
    const row = await this.rowOf(accountId);
    if (!row) return null;
    const { provider, url, model, ciphertext, price_in, price_out, max_cents } = row;
    const access = { provider, url, model, key: this.box.open(ciphertext, placeOf(accountId)) };
    return { access, price: { input: price_in, output: price_out }, maxCents: max_cents };
  }

  async isSet(tx: Tx, accountId: string): Promise<boolean> {
    return (await rows(tx, 'SELECT 1 FROM judge_keys WHERE account_id = $1', [accountId])).length > 0;
  }

  private async rowOf(accountId: string): Promise<Row | undefined> {
    const [row] = await this.db.query<Row>('SELECT * FROM judge_keys WHERE account_id = $1', [accountId]);
    return row;
  }
}

function viewOf({ provider, url, model, ends_with, price_in, price_out, max_cents, set_at }: Row): JudgeKeyView {
  return {
    ...{ provider, url, model, ends_with, max_cents },
    ...{ price_in_cents: price_in, price_out_cents: price_out, set_at: set_at.toISOString() },
  };
}
