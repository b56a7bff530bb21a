import { Injectable } from '@nestjs/common';
import { SigningSecrets } from './signing-secrets.service.js';

/** What agents' calls are signed with. */
@Injectable()
export class AgentSecrets extends SigningSecrets {
  protected readonly table = 'agent_secrets';
  protected readonly owner = 'agent_id';
}
