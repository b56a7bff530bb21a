import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Db } from '../platform/database/db.js';
import { Chores } from '../platform/schedule/chores.js';
import { Profiles } from './profiles.service.js';
import { forgetOperatorCalls } from './standing.queries.js';

@Injectable()
export class TriageHousekeeping implements OnModuleInit {
  constructor(
    private readonly chores: Chores,
    private readonly db: Db,
    private readonly profiles: Profiles,
  ) {}

  onModuleInit(): void {
    this.chores.every(3_600, 'forget-operator-calls', (now) => forgetOperatorCalls(this.db, now));
    this.chores.every(15, 'rebuild-profiles', () => this.profiles.rebuild());
    this.chores.every(300, 'count-profile-words', () => this.profiles.count());
  }
}
