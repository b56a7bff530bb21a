import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { Clock } from './clock.js';
import { Config } from './config.js';
import { SecretBox } from './crypto/secrets.js';
import { Db } from './database/db.js';
import { Egress } from './egress/egress.js';
import { EventLog } from './events/event-log.js';
import { EventStream } from './events/event-stream.js';
import { Events } from './events/events.js';
import { HealthController } from './http/health.controller.js';
import { PublicAddress } from './http/public-address.js';
import { Metrics } from './metrics.js';
import { PlatformHousekeeping } from './platform.housekeeping.js';
import { PlatformLifecycle } from './platform.lifecycle.js';
import { Jobs } from './queue/jobs.js';
import { Presence } from './queue/presence.js';
import { QueuesController } from './queue/queues.controller.js';
import { Queues } from './queue/queues.service.js';
import { Worker } from './queue/worker.js';
import { Chores } from './schedule/chores.js';
import { SettingsController } from './settings.controller.js';
import { LinkedFiles } from './storage/linked-files.js';
import { FileReferences } from './storage/references.js';
import { Storage } from './storage/storage.js';

/** What a process is given before Nest starts; made by `openRuntime()`. */
export interface Runtime {
  readonly config: Config;
  readonly clock: Clock;
  readonly dataSource: DataSource;
  readonly secrets: SecretBox;
  readonly storage: Storage;
  readonly egress: Egress;
}

/** Everything that knows no business word, for every module. */
@Module({})
export class PlatformModule {
  static of(runtime: Runtime): DynamicModule {
    const given = [
      { provide: Config, useValue: runtime.config },
      { provide: Clock, useValue: runtime.clock },
      { provide: DataSource, useValue: runtime.dataSource },
      { provide: SecretBox, useValue: runtime.secrets },
      { provide: Storage, useValue: runtime.storage },
      { provide: Egress, useValue: runtime.egress },
    ];
    const own = [
      Db,
      Presence,
      Jobs,
      Worker,
      Events,
      EventLog,
      EventStream,
      Chores,
      Metrics,
      FileReferences,
      LinkedFiles,
      PublicAddress,
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [ScheduleModule.forRoot()],
      controllers: [HealthController, QueuesController, SettingsController],
      providers: [...given, ...own, PlatformLifecycle, PlatformHousekeeping, Queues],
      exports: [...given.map(({ provide }) => provide), ...own],
    };
  }
}
