import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../platform/config.js';
import { Worker } from '../platform/queue/worker.js';
import { Chores } from '../platform/schedule/chores.js';
import { HealthProbes } from './health.service.js';
import { PROBE_QUEUE, ProbeQueue } from './probe-queue.js';

const PROBES_PER_PROCESS = 32;
/** How many probes one tick sends at most; the next one takes the rest. */
const PROBES_PER_TICK = 1_000;
/** How late a probe may be by the clockwork alone, in s. */
const TICK_S = 10;

/** Probes agents when that is due. */
@Injectable()
export class RegistryJobs implements OnModuleInit {
  constructor(
    private readonly config: Config,
    private readonly worker: Worker,
    private readonly chores: Chores,
    private readonly probes: HealthProbes,
    private readonly queue: ProbeQueue,
  ) {}

  onModuleInit(): void {
    this.worker.register(PROBE_QUEUE, PROBES_PER_PROCESS, async ({ agentId }) => {
      await this.probes.probe(String(agentId));
    });
    this.chores.every(Math.min(TICK_S, this.config.HEALTH_PROBE_S), 'probe-agents', async (now) =>
      this.queue.sendDue(await this.probes.dueAgents(now, PROBES_PER_TICK), now),
    );
  }
}
