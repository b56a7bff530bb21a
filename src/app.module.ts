import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { LoggerModule } from 'nestjs-pino';
import { AccountsModule } from './accounts/accounts.module.js';
import { AuthenticateGuard } from './accounts/authenticate.guard.js';
import { BenchmarkModule } from './benchmark/benchmark.module.js';
import { DispatchModule } from './dispatch/dispatch.module.js';
import { JudgingModule } from './judging/judging.module.js';
import { KitModule } from './kit/kit.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { PayoutsModule } from './payouts/payouts.module.js';
import { AuthorizeGuard } from './platform/http/authorize.guard.js';
import { EnvelopeInterceptor } from './platform/http/envelope.js';
import { IdempotencyInterceptor } from './platform/http/idempotency.js';
import { RateLimitGuard } from './platform/http/rate-limit.js';
import { loggerParams } from './platform/logging.js';
import { PlatformModule, type Runtime } from './platform/platform.module.js';
import { RegistryModule } from './registry/registry.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { TriageModule } from './triage/triage.module.js';

/** The wiring. Guards run in the order in which they stand here. */
@Module({})
export class AppModule {
  static of(runtime: Runtime): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(loggerParams(runtime.config)),
        PlatformModule.of(runtime),
        PayoutsModule,
        AccountsModule,
        RegistryModule,
        TriageModule,
        DispatchModule,
        JudgingModule,
        TasksModule,
        BenchmarkModule,
        NotificationsModule,
        KitModule,
      ],
      providers: [
        { provide: APP_GUARD, useClass: AuthenticateGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_GUARD, useClass: AuthorizeGuard },
        { provide: APP_INTERCEPTOR, useClass: EnvelopeInterceptor },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
    };
  }
}
