import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Chores } from '../platform/schedule/chores.js';
import { Credentials } from './credentials.service.js';

@Injectable()
export class AccountsHousekeeping implements OnModuleInit {
  constructor(
    private readonly chores: Chores,
    private readonly credentials: Credentials,
  ) {}

  onModuleInit(): void {
    this.chores.every(3_600, 'forget-credentials', (now) => this.credentials.forgetExpired(now));
  }
}
