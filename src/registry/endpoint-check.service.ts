import { randomUUID } from 'node:crypto';
import { CONTRACT_VERSION, type ExecuteRequest } from '@bakeoff/agent-kit';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Egress, type EgressAnswer } from '../platform/egress/egress.js';
import { EgressFailure } from '../platform/egress/failure.js';
import { BadUrl } from '../platform/egress/url.js';
import { VERSION } from '../platform/version.js';
import { BadEndpoint } from './agents.errors.js';
import { endpointUrl } from './endpoint.js';
import { type Asked, findings, leftAlone, refusedAddress } from './endpoint-check.js';
import type { EndpointCheckView } from './endpoint-check.schema.js';
import { HEALTH_BODY_BYTES, healthUrl, readHealth } from './health.js';
import { ProofBudget } from './proof-budget.service.js';

/** For each of the two requests, which go out side by side. */
const TIME_MS = 6_000;
const CONNECT_MS = 4_000;

type Request = { readonly url: string; readonly method: 'GET' | 'POST'; readonly body?: string };

/** Looks at an address before an agent is registered there. Nothing of it is kept. */
@Injectable()
export class EndpointChecks {
  constructor(
    private readonly egress: Egress,
    private readonly budget: ProofBudget,
    private readonly clock: Clock,
  ) {}

  /** What is wrong with the address or with who answers there is a finding, and no refusal. It takes 6 s at most. */
  async check(text: string): Promise<EndpointCheckView> {
    let url: string;
    try {
      url = endpointUrl(text, this.egress);
    } catch (err) {
      if (!(err instanceof BadUrl || err instanceof BadEndpoint)) throw err;
      return refusedAddress(text, err.message, err.suggestion);
    }
    const until = await this.budget.take(url);
    if (until) return leftAlone(url, until);
    const [probe, call] = await Promise.all([
      this.ask({ url: healthUrl(url), method: 'GET' }),
      this.ask({ url, method: 'POST', body: JSON.stringify(this.unsignedCall()) }),
    ]);
    const said = probe.answer ? readHealth(probe.answer.status, probe.answer.body) : null;
    const found = findings(url, probe.asked, said, call.asked);
    if (found.ok) await this.budget.giveBack(url);
    return found;
  }

  private async ask(request: Request): Promise<{ asked: Asked; answer: EgressAnswer | null }> {
    const headers = { accept: 'application/json', 'user-agent': `Bakeoff/${VERSION}` };
    try {
      const answer = await this.egress.request({
        ...request,
        headers: request.body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        signal: AbortSignal.timeout(TIME_MS),
        connectTimeoutMs: CONNECT_MS,
        maxBytes: HEALTH_BODY_BYTES,
      });
      const { status, timings } = answer;
      return { asked: { kind: 'answered', status, tookMs: Math.round(timings.totalMs) }, answer };
    } catch (err) {
      if (!(err instanceof EgressFailure) || err.reason === 'aborted') throw err;
      const { reason, message: problem, timings } = err;
      return { asked: { kind: 'failed', reason, problem, tookMs: Math.round(timings.totalMs) }, answer: null };
    }
  }

  /** A whole call but for its signature: an agent that refuses it for anything else would show nothing. */
  private unsignedCall(): ExecuteRequest {
    return {
      contract_version: CONTRACT_VERSION,
      ...{ call_id: randomUUID(), task_id: randomUUID(), round: 1, phase: 'prototype' },
      title: 'A call without a signature',
      description: 'It comes from a check of the address and is to be refused with 401.',
      ...{ category: 'writing', task_type: 'summary', requirements: {}, quality_rules: { rules: [] }, attachments: [] },
      budget: { amount: 1, currency: 'credits' },
      deadline_at: new Date(this.clock.now().getTime() + TIME_MS).toISOString(),
    };
  }
}
