import { Account } from './accounts/account.entity.js';
import { Accounts1700000002000 } from './accounts/accounts.migration.js';
import { ApiKey } from './accounts/api-key.entity.js';
import { Session } from './accounts/session.entity.js';
import { BenchmarkCase, BenchmarkFile, BenchmarkRun } from './benchmark/benchmark.entity.js';
import { BENCHMARK_QUEUES } from './benchmark/benchmark.jobs.js';
import { Benchmark1700000007000 } from './benchmark/benchmark.migration.js';
import { BenchmarkLevels1700000015000 } from './benchmark/levels.migration.js';
import { Callbacks1700000016500 } from './dispatch/callbacks.migration.js';
import { Dispatch1700000004000 } from './dispatch/dispatch.migration.js';
import { JudgementRow } from './judging/judgement.entity.js';
import { Judging1700000005000 } from './judging/judging.migration.js';
import { ModelJudge1700000013000 } from './judging/model/model.migration.js';
import { Votes1700000012000 } from './judging/panel/votes.migration.js';
import { Doctor1700000020100 } from './kit/doctor/doctor.migration.js';
import { DOCTOR_QUEUE } from './kit/doctor/doctor.service.js';
import { WEBHOOK_QUEUE } from './notifications/webhooks/webhook-calls.service.js';
import { Webhooks1700000017000 } from './notifications/webhooks/webhooks.migration.js';
import { restrictions as ledgerRestrictions } from './payouts/payouts.grants.js';
import { Ledger1700000001000 } from './payouts/payouts.migration.js';
import type { Schema } from './platform/database/migrate.js';
import { Platform1700000000000 } from './platform/platform.migration.js';
import { HOUSEKEEPING_QUEUE } from './platform/schedule/chores.js';
import { Agent, AgentCapability, AgentClaim, AgentKey, AgentProbe, AgentSecret } from './registry/agent.entity.js';
import { Claims1700000016000 } from './registry/claims.migration.js';
import { ExecutionMode1700000016600 } from './registry/execution-mode.migration.js';
import { HealthHistory1700000016100 } from './registry/health-history.migration.js';
import { PROBE_QUEUE } from './registry/probe-queue.js';
import { Registry1700000003000 } from './registry/registry.migration.js';
import { VisibilityMove, VisibilityRequest } from './registry/visibility.entity.js';
import { AgentVisibility1700000015100 } from './registry/visibility.migration.js';
import { StoredArtifact } from './tasks/artifact.entity.js';
import { StoredAttachment } from './tasks/attachment.entity.js';
import { Bid } from './tasks/bid.entity.js';
import { BidNotes1700000020200 } from './tasks/bid-notes.migration.js';
import { Delivery } from './tasks/delivery.entity.js';
import { DeliveryKept1700000018100 } from './tasks/delivery-kept.migration.js';
import { Overview1700000020000 } from './tasks/overview/overview.migration.js';
import { RoundsShown1700000011000 } from './tasks/rounds.migration.js';
import { Showcase } from './tasks/showcase/showcase.entity.js';
import { Showcases1700000019000 } from './tasks/showcase/showcase.migration.js';
import { Task } from './tasks/task.entity.js';
import { TaskExperimentation1732000005000 } from './tasks/task-experimentation.migration.js';
import { TaskJudge1700000013100 } from './tasks/task-judge.migration.js';
import { TaskTests1700000013200 } from './tasks/task-tests.migration.js';
import { TASK_QUEUES } from './tasks/tasks.jobs.js';
import { Tasks1700000006000 } from './tasks/tasks.migration.js';
import { Kept1700000018000 } from './triage/kept.migration.js';
import { Learning1700000010500 } from './triage/learning.migration.js';
import { Profiles1700000010400 } from './triage/profiles.migration.js';
import { TriageRerun1700000011100 } from './triage/rerun.migration.js';
import { Triage1700000004500 } from './triage/triage.migration.js';

/** The whole database: every migration in its order, every queue, and what the application's role may not do. */
export const SCHEMA: Schema = {
  migrations: [
    Platform1700000000000,
    Ledger1700000001000,
    Accounts1700000002000,
    Registry1700000003000,
    Dispatch1700000004000,
    Triage1700000004500,
    Judging1700000005000,
    Tasks1700000006000,
    Benchmark1700000007000,
    Profiles1700000010400,
    Learning1700000010500,
    RoundsShown1700000011000,
    TriageRerun1700000011100,
    Votes1700000012000,
    ModelJudge1700000013000,
    TaskJudge1700000013100,
    TaskTests1700000013200,
    Claims1700000016000,
    HealthHistory1700000016100,
    Callbacks1700000016500,
    ExecutionMode1700000016600,
    Webhooks1700000017000,
    Kept1700000018000,
    DeliveryKept1700000018100,
    BenchmarkLevels1700000015000,
    AgentVisibility1700000015100,
    Showcases1700000019000,
    Overview1700000020000,
    Doctor1700000020100,
    TaskExperimentation1732000005000,
    BidNotes1700000020200,
  ],
  queues: [HOUSEKEEPING_QUEUE, PROBE_QUEUE, ...TASK_QUEUES, ...BENCHMARK_QUEUES, WEBHOOK_QUEUE, DOCTOR_QUEUE],
  restrictions: [ledgerRestrictions],
};

export const ENTITIES: (new () => object)[] = [
  Account,
  ApiKey,
  Session,
  Agent,
  AgentCapability,
  AgentSecret,
  AgentClaim,
  AgentKey,
  AgentProbe,
  VisibilityMove,
  VisibilityRequest,
  JudgementRow,
  Task,
  Bid,
  Delivery,
  StoredArtifact,
  StoredAttachment,
  Showcase,
  BenchmarkRun,
  BenchmarkCase,
  BenchmarkFile,
];
