import { describe, expect, test } from 'vitest';
import type { Scope } from '../platform/http/actor.js';
import { KeyOnlyReads, KeyStronger, ScopeNotGrantable } from './accounts.errors.js';
import { checkMayChange, checkMayRevoke, grant, scopesOfKey, scopesOfRole } from './grants.js';

const withScopes = (...scopes: Scope[]) => ({ scopes: new Set(scopes) });
const key = (viaId: string, ...scopes: Scope[]) => actor('key', viaId, ...scopes);
const session = (...scopes: Scope[]) => actor('session', 's', ...scopes);
const actor = (via: 'key' | 'session', viaId: string, ...scopes: Scope[]) =>
  ({ accountId: 'a', role: 'member', via, viaId, ...withScopes(...scopes) }) as const;

describe('scopes', () => {
  test('a member may do everything but admin', () => {
    expect([...scopesOfRole('member')]).toEqual(['read', 'tasks', 'agents']);
    expect([...scopesOfRole('admin')]).toEqual(['read', 'tasks', 'agents', 'admin']);
  });

  test('a key made by an admin loses that scope with the role', () => {
    expect([...scopesOfKey(['read', 'admin'], 'admin')]).toEqual(['read', 'admin']);
    expect([...scopesOfKey(['read', 'admin'], 'member')]).toEqual(['read']);
  });

  test('nobody gives what they lack', () => {
    expect(() => grant(withScopes('read', 'tasks'), ['read', 'agents'])).toThrow(ScopeNotGrantable);
    expect(() => grant({ scopes: scopesOfRole('member') }, ['admin'])).toThrow('"admin"');
  });

  test('a scope named twice is given once, in the usual order', () => {
    expect(grant(withScopes('read', 'tasks'), ['tasks', 'read', 'tasks'])).toEqual(['read', 'tasks']);
  });
});

describe('a key', () => {
  test('that may only read changes nothing, a session may', () => {
    expect(() => checkMayChange(key('k', 'read'))).toThrow(KeyOnlyReads);
    expect(() => checkMayChange(key('k', 'read', 'tasks'))).not.toThrow();
    expect(() => checkMayChange(session('read'))).not.toThrow();
  });

  test('revokes itself, even if it may only read', () => {
    expect(() => checkMayRevoke(key('k', 'read'), { id: 'k', scopes: ['read'] })).not.toThrow();
  });

  test('revokes weaker ones and no stronger one', () => {
    const tasks = key('k', 'read', 'tasks');
    expect(() => checkMayRevoke(tasks, { id: 'other', scopes: ['tasks'] })).not.toThrow();
    expect(() => checkMayRevoke(tasks, { id: 'other', scopes: ['tasks', 'agents'] })).toThrow(KeyStronger);
    expect(() => checkMayRevoke(key('k', 'read'), { id: 'other', scopes: ['read'] })).toThrow(KeyOnlyReads);
  });
});
