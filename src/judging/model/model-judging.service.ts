import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config.js';
import { Db, type Tx } from '../../platform/database/db.js';
import { Egress } from '../../platform/egress/egress.js';
import type { TaskType } from '../../registry/rubric.schema.js';
import type { Brief } from '../judge.js';
import { type Heard, heardTogether } from '../panel/heard.js';
import { Panel } from '../panel/panel.service.js';
import type { JudgingCost } from './judge-key.schema.js';
import { JudgeKeys, type OwnModel } from './judge-keys.service.js';
import { Meter } from './meter.js';
import { ModelJudgeNotSet } from './model.errors.js';
import { type ModelRound, modelRound, mostCalls, type RuledWork } from './model-round.js';
import { openCriteria } from './narrowed.js';

/** Who the buyer wants to judge; null: whoever this server has judge. */
export type JudgeWish = 'rules' | 'llm' | null;

export interface RoundToJudge {
  readonly taskId: string;
  readonly round: number;
  readonly buyerId: string;
  readonly wish: JudgeWish;
  readonly brief: Brief;
  readonly taskType: TaskType;
  /** An answer known to be right. */
  readonly reference?: string | undefined;
  readonly works: readonly RuledWork[];
}

interface Model extends OwnModel {
  readonly paidBy: JudgingCost['paid_by'];
}

/** Asks a model what the rules left open in a round: the buyer's own where it brought a key, else the server's. */
@Injectable()
export class ModelJudging {
  constructor(
    private readonly db: Db,
    private readonly keys: JudgeKeys,
    private readonly egress: Egress,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly panel: Panel,
  ) {}

  /** @throws ModelJudgeNotSet a model is wished for, and there is none */
  async checkWish(tx: Tx, accountId: string, wish: JudgeWish): Promise<void> {
    if (wish === 'llm' && this.config.JUDGE !== 'llm' && !(await this.keys.isSet(tx, accountId)))
      throw new ModelJudgeNotSet();
  }

  /** Whether anything but rules may judge at all. */
  isWished(wish: JudgeWish): boolean {
    return wish === 'llm' || (wish === null && this.config.JUDGE === 'llm');
  }

  /**
   * Judges a round that the rules have judged. It takes minutes and no locks: call it outside of a transaction. What it cost
   * is written down at once, whatever becomes of the round; earlier rounds and runs of the task count against the same limit.
   *
   * @returns null where only rules are to judge. A model that fails is no error: the rules' judgements come back, with a note.
   */
  async judge(round: RoundToJudge): Promise<Heard | null> {
    const models = await this.modelsFor(round);
    if (models.length === 0 || round.works.length === 0) return null;
    const before = await this.costs(round.taskId);
    const heard = await Promise.all(models.map((model) => this.ask(model, models.length, round, before)));
    const [only] = heard;
    return heard.length === 1 && only ? only : heardTogether(round.works, heard, await this.panel.jury());
  }

  /** Several models share what a task may cost. */
  private async ask(model: Model, sharers: number, round: RoundToJudge, before: readonly JudgingCost[]) {
    const criteria = Math.max(0, ...round.works.map(({ judgement }) => openCriteria(judgement).length));
    const spent = before.filter(({ paid_by }) => paid_by === model.paidBy).reduce((sum, { cents }) => sum + cents, 0);
    const most = Math.max(1, Math.floor(this.config.JUDGE_MAX_CALLS / sharers));
    // Loaded when it is needed: it is a tenth of what a start takes, and most servers ask no model.
    const { SdkClient } = await import('./sdk-client.js');
    const meter = new Meter(new SdkClient(model.access, this.egress), {
      calls: Math.min(most, mostCalls(criteria, round.works.length)),
      cents: model.price.input + model.price.output > 0 ? Math.max(0, model.maxCents - spent) / sharers : null,
      timeoutMs: this.config.JUDGE_TIMEOUT_S * 1_000,
      price: model.price,
      // The other half of the time is for the page and the transaction.
      signal: AbortSignal.timeout(this.config.JUDGING_LIMIT_S * 500),
    });
    const { brief, taskType, reference } = round;
    const asked = { brief, about: taskType.artifact.about, reference };
    const result = await modelRound(meter, asked, round.works, () => randomBytes(6).toString('hex'));
    await this.keepCost(round, model, result);
    return result;
  }

  /** What asking models cost for a task so far, oldest first. */
  async costs(taskId: string): Promise<JudgingCost[]> {
    const found = await this.db.query<Omit<JudgingCost, 'at'> & { at: Date }>(
      `SELECT round, paid_by, model, calls, failed, input_tokens::float8 AS input_tokens, output_tokens::float8 AS output_tokens,
              cents, note, at
       FROM judging_costs WHERE task_id = $1 ORDER BY at, id`,
      [taskId],
    );
    return found.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  private async modelsFor({ buyerId, wish }: RoundToJudge): Promise<Model[]> {
    const { JUDGE, JUDGE_PROVIDER, JUDGE_MODEL, JUDGE_MODEL_URL, JUDGE_MODEL_KEY } = this.config;
    if (!this.isWished(wish)) return [];
    const own = await this.keys.of(buyerId);
    if (own) return [{ ...own, paidBy: 'buyer' }];
    if (JUDGE !== 'llm' || JUDGE_MODEL === undefined) return [];
    const price = { input: this.config.JUDGE_PRICE_IN, output: this.config.JUDGE_PRICE_OUT };
    const names = new Set(JUDGE_MODEL.split(',').map((name) => name.trim()));
    return [...names].map((model) => ({
      access: { provider: JUDGE_PROVIDER, model, url: JUDGE_MODEL_URL ?? null, key: JUDGE_MODEL_KEY ?? null },
      ...{ price, maxCents: this.config.JUDGE_MAX_CENTS, paidBy: 'platform' as const },
    }));
  }

  private async keepCost({ taskId, round }: RoundToJudge, model: Model, { spent, note }: ModelRound): Promise<void> {
    if (spent.calls === 0) return;
    await this.db.query(
      `INSERT INTO judging_costs (id, task_id, round, paid_by, model, calls, failed, input_tokens, output_tokens, cents, note, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[randomUUID(), taskId, round, model.paidBy, model.access.model, spent.calls, spent.failed],
        ...[spent.tokens.input, spent.tokens.output, spent.cents, note, this.clock.now()],
      ],
    );
  }
}
