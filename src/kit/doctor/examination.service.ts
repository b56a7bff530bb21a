import { randomInt } from 'node:crypto';
import type { PracticeBrief } from '@bakeoff/agent-kit';
import { type AgentProfile, type Check, type Diagnosis, diagnose } from '@bakeoff/agent-kit/doctor';
import { Injectable } from '@nestjs/common';
import { declaredCapabilities } from '../../benchmark/benchmark.queries.js';
import { Clock } from '../../platform/clock.js';
import { Db } from '../../platform/database/db.js';
import { Egress } from '../../platform/egress/egress.js';
import { Events } from '../../platform/events/events.js';
import { Agent } from '../../registry/agent.entity.js';
import { Agents } from '../../registry/agents.service.js';
import { healthUrl } from '../../registry/health.js';
import { taskTypesOf } from '../../registry/taxonomy.js';
import { practiceTask } from '../practice.js';
import { addFinding, beginRun, endRun, latestRun, type Owned } from './doctor.queries.js';
import { overEgress } from './egress-transport.js';
import { countsOf, type Kept } from './findings.js';
import { DoctorFiles } from './run-files.js';

/** The window of each call, in ms. */
const WINDOW_MS = 120_000;
const MOST_ATTEMPTS = 3;
const MOST_SEEN = 1_000;
/** What only makes sense beside the agent. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'huge-body': 'it sends 48 MiB: only npx @bakeoff/agent-kit doctor plays it, where the agent runs',
};

/** The doctor at work: the kit's checks, over this server's own way out. */
@Injectable()
export class Examination {
  constructor(
    private readonly db: Db,
    private readonly agents: Agents,
    private readonly egress: Egress,
    private readonly files: DoctorFiles,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Handles a `doctor` job. A repeat begins the run anew; one that breaks off again and again is ended. */
  async run(runId: string): Promise<void> {
    const run = await beginRun(this.db, runId);
    if (!run) return;
    const agent = await this.db.dataSource.manager.findOneBy(Agent, { id: run.agentId });
    if (!agent || run.attempt > MOST_ATTEMPTS) return this.end(run, agent, 'broken_off');
    await this.examine(run, agent);
    await this.end(run, agent, 'finished');
  }

  private async examine(run: Owned, agent: Agent): Promise<void> {
    const profile = await this.profileOf(agent);
    const [secret = '', ...olderSecrets] = (await this.agents.signingSecrets([agent.id]))(agent.id);
    const files = this.files.of(run.id, run.deadlineAt);
    const send = overEgress(this.egress);
    await diagnose({
      endpoint: { executeUrl: agent.endpointUrl, healthUrl: healthUrl(agent.endpointUrl) },
      ...{ secret, olderSecrets, profile, brief: briefFor(profile), windowMs: WINDOW_MS, files },
      transport: async (sending) => {
        await files.ready();
        const came = await send(sending);
        await files.count();
        return came;
      },
      leaveOut: (check) => this.whyNot(check, run),
      onFinding: (found) => addFinding(this.db, run, kept(found)),
    });
  }

  private whyNot({ key }: Check, { deadlineAt }: Owned): string | null {
    if (this.clock.now() >= deadlineAt) return 'the time of this run was over';
    return ELSEWHERE[key] ?? null;
  }

  private async profileOf({ id, slug, minPrice, maxConcurrency }: Agent): Promise<AgentProfile> {
    const declared = await declaredCapabilities(this.db.dataSource.manager, id);
    const capabilities = declared.map(({ category, taskType }) => ({ category, task_type: taskType }));
    return { slug, min_price: minPrice, max_concurrency: maxConcurrency, capabilities };
  }

  private async end(run: Owned, agent: Agent | null, status: 'finished' | 'broken_off'): Promise<void> {
    const reason = status === 'finished' ? null : 'This server broke off again and again; run it once more.';
    const counts = countsOf((await latestRun(this.db, run.agentId))?.findings ?? []);
    await this.db.transaction(async (tx) => {
      if (!(await endRun(tx, run, { status, reason, now: this.clock.now() }))) return;
      const data = { agent_id: run.agentId, slug: agent?.slug ?? '', run_id: run.id, status, ...counts };
      await this.events.append(tx, { type: 'agent.doctor_finished', accountId: run.operatorId, data });
    });
  }
}

/** A practice task of the first type that the agent does, with what it asks for at the least. */
function briefFor({ capabilities, min_price: minPrice = 1 }: AgentProfile): PracticeBrief {
  const [first] = capabilities;
  const slug = first?.task_type ?? taskTypesOf(first?.category ?? '')[0]?.slug ?? 'summary';
  const { level: _, seed: __, budget, ...brief } = practiceTask(slug, 'easy', randomInt(2 ** 31 - 1));
  return { ...brief, budget: { ...budget, amount: Math.max(budget.amount, minPrice) } };
}

function kept({ check, verdict, seen, fix, tookMs }: Diagnosis): Kept {
  return { key: check.key, verdict, seen: seen.slice(0, MOST_SEEN), fix: fix ?? null, took_ms: tookMs };
}
