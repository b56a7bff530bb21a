import { InsufficientCredits } from './payouts.errors.js';

/** Gift credits can be spent and never paid out; earned ones can. They are never mixed: each stays what it is until it leaves. */
export const CLASSES = ['gift', 'earned'] as const;
export type CreditClass = (typeof CLASSES)[number];

/** What moves credits. */
export const KINDS = ['issue', 'hold', 'settlement', 'refund'] as const;
export type TransactionKind = (typeof KINDS)[number];

/** Whole credits by class. */
export type Credits = Readonly<Record<CreditClass, number>>;

/** One line of a ledger transaction: positive puts credits into the account, negative takes them out. Never 0. */
export interface Entry {
  readonly account: string;
  readonly class: CreditClass;
  readonly credits: number;
}

export interface Hold {
  readonly taskId: string;
  readonly buyerId: string;
  readonly budget: number;
  readonly available: Credits;
}

export interface Settlement {
  readonly taskId: string;
  readonly buyerId: string;
  readonly operatorId: string;
  readonly held: Credits;
  readonly price: number;
  readonly feeBps: number;
}

export interface Refund {
  readonly taskId: string;
  readonly buyerId: string;
  readonly held: Credits;
}

export interface Issue {
  readonly accountId: string;
  readonly class: CreditClass;
  readonly credits: number;
}

/** What the platform took for settled tasks. */
export const FEES = 'platform:fees';
/** Where credits come from: its sum is what was ever issued, negated. */
export const ISSUANCE = 'platform:issuance';

export function available(accountId: string, cls: CreditClass): string {
  return `available:${accountId}:${cls}`;
}

export function escrow(taskId: string, cls: CreditClass): string {
  return `escrow:${taskId}:${cls}`;
}

export function total(credits: Credits): number {
  return credits.gift + credits.earned;
}

/**
 * The buyer's budget, moved into the task's escrow; gift goes first.
 *
 * @param budget    whole credits, 1 or more
 * @param available what the buyer can spend, by class
 * @returns entries that sum to 0 in each class
 * @throws InsufficientCredits the buyer has less than the budget
 */
export function hold({ taskId, buyerId, budget, available: own }: Hold): Entry[] {
  checkCredits(own);
  checkCount('budget', budget, 1);
  if (budget > total(own)) throw new InsufficientCredits(total(own), budget);
  const taken = giftFirst(own, budget);
  return written((cls) => [
    { account: available(buyerId, cls), credits: -taken[cls] },
    { account: escrow(taskId, cls), credits: taken[cls] },
  ]);
}

/**
 * The one transaction that ends a paid task: its escrow, emptied into earnings, fee and what returns to the buyer.
 *
 * @param held   what the escrow holds by class, whole credits; gift is spent first
 * @param price  the picked bid's price, 0 < price <= held.gift + held.earned
 * @param feeBps the platform's share in basis points (1 = 0.01 %), 0 to 10 000
 * @returns entries that sum to 0 in each class; the fee is floored per class, so the odd credit is the operator's
 */
export function settlement({ taskId, buyerId, operatorId, held, price, feeBps }: Settlement): Entry[] {
  checkCredits(held);
  checkCount('price', price, 1, total(held));
  checkCount('feeBps', feeBps, 0, 10_000);
  if (buyerId === operatorId) throw new RangeError('An account does not pay itself for its own task.');
  const paid = giftFirst(held, price);
  return written((cls) => {
    const fee = share(paid[cls], feeBps);
    return [
      { account: escrow(taskId, cls), credits: -held[cls] },
      { account: available(operatorId, cls), credits: paid[cls] - fee },
      { account: available(buyerId, cls), credits: held[cls] - paid[cls] },
      { account: FEES, credits: fee },
    ];
  });
}

/** The escrow, emptied back to the buyer, each credit in its class. Entries sum to 0 in each class. */
export function refund({ taskId, buyerId, held }: Refund): Entry[] {
  checkCredits(held);
  checkCount('held', total(held), 1);
  return written((cls) => [
    { account: escrow(taskId, cls), credits: -held[cls] },
    { account: available(buyerId, cls), credits: held[cls] },
  ]);
}

/** New credits for an account, 1 or more; `platform:issuance` goes down by as many. */
export function issue({ accountId, class: cls, credits }: Issue): Entry[] {
  checkCount('credits', credits, 1);
  return [
    { account: ISSUANCE, class: cls, credits: -credits },
    { account: available(accountId, cls), class: cls, credits },
  ];
}

function giftFirst(from: Credits, amount: number): Credits {
  const gift = Math.min(from.gift, amount);
  return { gift, earned: amount - gift };
}

/** floor(credits x bps / 10 000) without ever leaving the safe integers, where the plain product would at 9 x 10^11. */
function share(credits: number, bps: number): number {
  const rest = credits % 10_000;
  return ((credits - rest) / 10_000) * bps + Math.floor((rest * bps) / 10_000);
}

function written(lines: (cls: CreditClass) => Omit<Entry, 'class'>[]): Entry[] {
  return CLASSES.flatMap((cls) => lines(cls).map((line) => ({ ...line, class: cls }))).filter(
    ({ credits }) => credits !== 0,
  );
}

function checkCredits(credits: Credits): void {
  for (const cls of CLASSES) checkCount(cls, credits[cls], 0);
  checkCount('gift and earned together', total(credits), 0);
}

/** A wrong amount here is a bug of the caller: what people send was checked long before. */
function checkCount(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} is a whole number from ${least} to ${most}, and not ${value}.`);
}
