import { type Actor, SCOPES } from '../platform/http/actor.js';
import type { Account } from './account.entity.js';
import type { AccountView, Me } from './account.schema.js';

export function accountView(account: Account): AccountView {
  return {
    id: account.id,
    email: account.email,
    name: account.name,
    role: account.role,
    created_at: account.createdAt.toISOString(),
  };
}

export function meView(account: Account, { via, scopes }: Actor): Me {
  return { ...accountView(account), via, scopes: SCOPES.filter((scope) => scopes.has(scope)) };
}
