import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Chores } from '../platform/schedule/chores.js';
import { Claims } from './claims.service.js';
import { HealthHistory } from './health-history.service.js';
import { ProofBudget } from './proof-budget.service.js';
import { AgentSecrets } from './secrets.service.js';

@Injectable()
export class RegistryHousekeeping implements OnModuleInit {
  constructor(
    private readonly chores: Chores,
    private readonly secrets: AgentSecrets,
    private readonly claims: Claims,
    private readonly proofs: ProofBudget,
    private readonly history: HealthHistory,
  ) {}

  onModuleInit(): void {
    this.chores.every(3_600, 'forget-agent-secrets', (now) => this.secrets.forgetExpired(now));
    this.chores.every(600, 'forget-unclaimed-agents', (now) => this.claims.forgetUnclaimed(now));
    this.chores.every(3_600, 'forget-proof-hosts', (now) => this.proofs.forgetOld(now));
    this.chores.every(3_600, 'forget-probes', (now) => this.history.forgetOld(now));
  }
}
