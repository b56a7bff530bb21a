import type { Page } from './lines.ts';
import { counted, padded, paddedLeft, widthOf } from './text.ts';
import type { LedgerAudit, StatementLine } from './views.ts';

/** What the demo says about credits. Pure: values in, lines out. */

const MEANINGS: Readonly<Record<string, string>> = {
  issue: 'given at sign-up',
  hold: 'held in escrow for the task',
  refund: 'came back from escrow',
};

export interface Side {
  who: string;
  /** Newest first, as the statement comes. */
  lines: readonly StatementLine[];
  /** What a settlement means to them. */
  settled: string;
}

/** Statements, oldest line first. */
export function statementLines(sides: readonly Side[], { paint }: Page): string[] {
  const rows = sides.flatMap(({ who, lines, settled }) =>
    [...lines]
      .reverse()
      .map((line, index) => ({ ...line, who: index === 0 ? who : '', meaning: meaningOf(line, settled) })),
  );
  const wide = Math.max(...rows.map(({ who }) => widthOf(who)));
  const long = Math.max(...rows.map(({ meaning }) => widthOf(meaning)));
  return rows.map(({ who, credits, class: kind, meaning, balance }) => {
    const change = paddedLeft(signed(credits), 6);
    const moved = credits > 0 ? paint.green(change) : paint.red(change);
    return `  ${paint.bold(padded(who, wide))}  ${moved} ${kind.padEnd(6)}  ${padded(meaning, long)}  ${paint.dim(`balance ${balance}`)}`;
  });
}

function meaningOf({ kind }: StatementLine, settled: string): string {
  return kind === 'settlement' ? settled : (MEANINGS[kind] ?? kind);
}

function signed(credits: number): string {
  return credits > 0 ? `+${credits}` : `${credits}`.replace('-', '−');
}

export interface Sum {
  budget: number;
  price: number;
  /** What the winner's operator received. */
  received: number;
  feeBps: number;
}

/** Where the budget went. */
export function sumLine({ budget, price, received, feeBps }: Sum): string {
  const fee = price - received;
  return `  ${budget} held = ${received} to the operator + ${fee} platform fee (${feeBps / 100} % of ${price}, rounded down) + ${budget - price} back to the buyer`;
}

export function auditLines({ ok, checked, problems }: LedgerAudit, { paint }: Page): string[] {
  const what = `${counted(checked.transactions, 'transaction')}, ${counted(checked.entries, 'entry', 'entries')}, ${counted(checked.accounts, 'account')}`;
  if (ok) return [`  ${paint.green('✓')} every balance and the whole sum recomputed from ${what}: all right`];
  return [
    `  ${paint.red('✗')} recomputed from ${what}: ${counted(problems.length, 'problem')}`,
    ...problems.slice(0, 10).map(({ rule, subject, detail }) => `    ${rule}: ${subject}: ${detail}`),
  ];
}
