import { z } from 'zod';
import { AUDIT_RULES, type AuditRule } from './audit.js';
import { CLASSES, KINDS } from './entries.js';

const Whole = z.int().min(0);

export const WalletView = z
  .object({
    gift: Whole.describe('Credits that can be spent and never paid out; they are spent first.'),
    earned: Whole.describe('Credits that were earned or bought.'),
    available: Whole.describe('Gift and earned together: the largest budget that a new task can have.'),
    held: Whole.describe('Credits in the escrow of your open tasks.'),
  })
  .meta({ id: 'Wallet' });
export type WalletView = z.infer<typeof WalletView>;

export const StatementLineView = z
  .object({
    id: z.string(),
    kind: z.enum(KINDS).describe('What moved the credits.'),
    task_id: z.uuid().nullable(),
    note: z.string().nullable(),
    class: z.enum(CLASSES),
    credits: z.int().describe('Above zero: came in. Below: went out.'),
    balance: Whole.describe('What you had of this class right after.'),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'StatementLine' });
export type StatementLineView = z.infer<typeof StatementLineView>;

export const AuditView = z
  .object({
    ok: z.boolean(),
    checked: z.object({ transactions: Whole, entries: Whole, accounts: Whole, snapshots: Whole }),
    problems: z.array(
      z.object({
        rule: z.enum(Object.keys(AUDIT_RULES) as [AuditRule, ...AuditRule[]]),
        subject: z.string(),
        detail: z.string(),
      }),
    ),
  })
  .meta({ id: 'LedgerAudit' });
export type AuditView = z.infer<typeof AuditView>;

/** What each rule of an audit says, for whoever shows one. */
export const AUDIT_SENTENCES: Readonly<Record<AuditRule, string>> = AUDIT_RULES;
