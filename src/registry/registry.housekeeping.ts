import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Chores } from '../platform/schedule/chores.js';
import { AgentSecrets } from './secrets.service.js';

@Injectable()
export class RegistryHousekeeping implements OnModuleInit {
  constructor(
    private readonly chores: Chores,
    private readonly secrets: AgentSecrets,
  ) {}

  onModuleInit(): void {
    this.chores.every(3_600, 'forget-agent-secrets', (now) => this.secrets.forgetExpired(now));
  }
}
