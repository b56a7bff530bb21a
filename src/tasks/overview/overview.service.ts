import { Injectable } from '@nestjs/common';
import { FEES, ISSUANCE, total } from '../../payouts/entries.js';
import { Ledger } from '../../payouts/ledger.service.js';
import { Clock } from '../../platform/clock.js';
import { Db } from '../../platform/database/db.js';
import { HEALTHS, VISIBILITIES } from '../../registry/agent.schema.js';
import {
  type AgentCount,
  accountCount,
  agentCounts,
  balances,
  bidDays,
  type Counted,
  failures,
  galleryDays,
  moneyDays,
  openTasks,
  taskDays,
} from './overview.queries.js';
import { OPEN_STATUSES, type OverviewView } from './overview.schema.js';
import { firstDay, series } from './series.js';

const MOST_REASONS = 8;

/** How the market does: over some days, and now. */
@Injectable()
export class Overview {
  constructor(
    private readonly db: Db,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  async of(days: number): Promise<OverviewView> {
    const since = firstDay(this.clock.now(), days);
    const [tasks, bids, galleries, money, reasons, now] = await Promise.all([
      taskDays(this.db, since),
      bidDays(this.db, since),
      galleryDays(this.db, since),
      moneyDays(this.db, since),
      failures(this.db, since, MOST_REASONS),
      this.now(),
    ]);
    const found = { tasks, bids, galleries, money };
    return { since: since.toISOString(), days: series(since, days, found), failures: reasons, now };
  }

  private async now(): Promise<OverviewView['now']> {
    const [open, agents, accounts, held, fees, issued] = await Promise.all([
      openTasks(this.db),
      agentCounts(this.db),
      accountCount(this.db),
      balances(this.db),
      this.ledger.platformBalance(FEES),
      this.ledger.platformBalance(ISSUANCE),
    ]);
    const sum = new Map(held.map(({ key, count }) => [key, count]));
    return {
      open_tasks: counted(OPEN_STATUSES, open),
      agents: agentsView(agents),
      accounts,
      credits: {
        available_gift: sum.get('available:gift') ?? 0,
        available_earned: sum.get('available:earned') ?? 0,
        escrow_gift: sum.get('escrow:gift') ?? 0,
        escrow_earned: sum.get('escrow:earned') ?? 0,
        fees: total(fees),
        issued: -total(issued),
      },
    };
  }
}

function agentsView(rows: readonly AgentCount[]): OverviewView['now']['agents'] {
  const callable = rows.filter(({ visibility }) => visibility === 'beta' || visibility === 'live');
  return {
    total: rows.reduce((sum, { agents }) => sum + agents, 0),
    paused: rows.reduce((sum, { paused }) => sum + paused, 0),
    by_visibility: counted(
      VISIBILITIES,
      rows.map(({ visibility, agents }) => ({ key: visibility, count: agents })),
    ),
    by_health: counted(
      HEALTHS,
      callable.map(({ health, agents }) => ({ key: health, count: agents })),
    ),
  };
}

/** Every one of the keys, with its sum. */
function counted<K extends string>(keys: readonly K[], rows: readonly Counted[]): Record<K, number> {
  const sum = (key: K) => rows.reduce((so, row) => so + (row.key === key ? row.count : 0), 0);
  return Object.fromEntries(keys.map((key) => [key, sum(key)])) as Record<K, number>;
}
