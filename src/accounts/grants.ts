import { type Actor, type Role, SCOPES, type Scope } from '../platform/http/actor.js';
import { KeyOnlyReads, KeyStronger, ScopeNotGrantable } from './accounts.errors.js';

type Giver = Pick<Actor, 'scopes'>;

/** What an account may do itself: everything, `admin` only in that role. */
export function scopesOfRole(role: Role): ReadonlySet<Scope> {
  return new Set(SCOPES.filter((scope) => scope !== 'admin' || role === 'admin'));
}

/** What a key may do today: what it was given, less what its account may no longer do. */
export function scopesOfKey(given: readonly Scope[], role: Role): ReadonlySet<Scope> {
  const allowed = scopesOfRole(role);
  return new Set(given.filter((scope) => allowed.has(scope)));
}

/**
 * The scopes of a new key: each one once, in the usual order.
 *
 * @throws ScopeNotGrantable its maker lacks one of them
 */
export function grant(maker: Giver, wanted: readonly Scope[]): Scope[] {
  const missing = wanted.find((scope) => !maker.scopes.has(scope));
  if (missing) throw new ScopeNotGrantable(missing, inOrder(maker.scopes));
  return inOrder(new Set(wanted));
}

/** @throws KeyOnlyReads */
export function checkMayChange({ via, scopes }: Pick<Actor, 'via' | 'scopes'>): void {
  if (via === 'key' && inOrder(scopes).every((scope) => scope === 'read')) throw new KeyOnlyReads();
}

/**
 * A session may revoke every key of its account. A key may revoke itself, and others that may do no more than it may:
 * whoever finds a weak key can't lock out the stronger ones.
 *
 * @throws KeyOnlyReads, KeyStronger
 */
export function checkMayRevoke(actor: Actor, key: { readonly id: string; readonly scopes: readonly Scope[] }): void {
  if (actor.via === 'session' || actor.viaId === key.id) return;
  checkMayChange(actor);
  const missing = key.scopes.find((scope) => !actor.scopes.has(scope));
  if (missing) throw new KeyStronger(missing);
}

function inOrder(scopes: ReadonlySet<Scope>): Scope[] {
  return SCOPES.filter((scope) => scopes.has(scope));
}
