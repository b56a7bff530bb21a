import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Ledger } from '../payouts/ledger.service.js';
import { Config } from '../platform/config.js';
import { uuidFrom } from '../platform/crypto/tokens.js';
import { Db } from '../platform/database/db.js';
import type { Actor } from '../platform/http/actor.js';
import type { BriefFinding } from '../registry/brief-draft.js';
import { lintBrief } from '../registry/brief-lint.js';
import { taskType } from '../registry/taxonomy.js';
import type { Decision } from '../triage/decision.js';
import { Triage } from '../triage/triage.service.js';
import { leftOutView } from '../triage/triage.view.js';
import { medianPrices } from './agent-gallery.queries.js';
import { assertUsable } from './brief.js';
import { expected, hints } from './preview.js';
import { MOST_EXPECTED, type PreviewView } from './preview.schema.js';
import type { PostTask } from './task.schema.js';
import { type Asked, triageRequest } from './triage-request.js';

/** Tells a buyer who would be asked, before anything is paid. It writes nothing. */
@Injectable()
export class Previews {
  constructor(
    private readonly db: Db,
    private readonly triage: Triage,
    private readonly ledger: Ledger,
    private readonly config: Config,
  ) {}

  /** @throws InvalidInput the brief does not fit its task type, or an attachment is not the buyer's */
  async of(actor: Actor, input: PostTask): Promise<PreviewView> {
    await assertUsable(this.db, actor.accountId, input, this.config);
    const [decision, { gift, earned }] = await Promise.all([
      this.decide(actor, input, input.budget),
      this.ledger.balance(actor.accountId),
    ]);
    const isAnybodyDear = (decision.leftOut.counts.too_expensive ?? 0) > 0;
    const rich = isAnybodyDear ? await this.decide(actor, input, this.config.MAX_BUDGET) : null;
    const minPrices = (rich ?? decision).candidates.map(({ minPrice }) => minPrice);
    const view = await this.view(decision, rich, gift + earned >= input.budget);
    return { ...view, findings: findingsOn(input, minPrices) };
  }

  /** As if the task were posted now. Its id and its chance come from the brief alone: neither belongs to any task. */
  private decide({ accountId }: Actor, input: PostTask, budget: number): Promise<Decision> {
    const seed = createHash('sha256')
      .update(JSON.stringify([accountId, input]))
      .digest('hex')
      .slice(0, 32);
    const { title, description, category, task_type: taskType } = input;
    const id = uuidFrom('preview', seed);
    const experimentation = input.experimentation ?? null;
    const asked: Asked = {
      ...{ id, round: 1, buyerId: accountId, title, description, category, taskType, budget, experimentation },
    };
    return this.triage.decide(triageRequest(asked, this.config, seed));
  }

  private async view(
    decision: Decision,
    rich: Decision | null,
    affordable: boolean,
  ): Promise<Omit<PreviewView, 'findings'>> {
    const { request, candidates, leftOut } = decision;
    const asked = expected(decision);
    const shown = asked.slice(0, MOST_EXPECTED);
    const prices = await medianPrices(
      this.db,
      shown.map(({ agentId }) => agentId),
    );
    return {
      category: request.category,
      task_type: request.taskType,
      budget: request.budget,
      affordable,
      places: request.places,
      experimentation: request.experimentation,
      window_s: this.config.PROTOTYPE_WINDOW_S,
      candidates_total: candidates.length,
      expected: shown.map(({ agentId, name, beta, rank, score, minPrice, propensity }) => ({
        agent: { id: agentId, name },
        ...{ beta, rank, score, min_price: minPrice, median_price: prices.get(agentId) ?? null, propensity },
      })),
      expected_calls: asked.reduce((sum, { propensity }) => sum + propensity, 0),
      left_out: leftOutView(leftOut),
      left_out_complete: leftOut.complete,
      hints: hints(decision, rich),
      seed: request.seed,
    };
  }
}

/** What the web app says as one types, with what agents ask for besides. */
function findingsOn({ title, description, ...input }: PostTask, minPrices: readonly number[]): BriefFinding[] {
  const type = taskType(input.task_type);
  if (!type) return [];
  const {
    requirements,
    quality_rules: { rules },
    attachments,
    budget,
  } = input;
  const draft = { title, description, requirements, quality_rules: rules, attachments: attachments.length, budget };
  return lintBrief(type, draft, { minPrices });
}
