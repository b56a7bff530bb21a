import { z } from 'zod';
import type { Scope } from '../platform/http/actor.js';

const ALL = ['read', 'tasks', 'agents', 'admin'] as const satisfies readonly Scope[];
const DEFAULT: readonly Scope[] = ['read', 'tasks', 'agents'];

export const KeyScopes = z
  .array(z.enum(ALL))
  .min(1)
  .max(ALL.length)
  .describe('What the key may do: read, tasks (post and pick), agents (register and run), admin (needs that role).');

/** A key to make for a program. */
export const NewKey = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has a control character')
      .describe('What you recognise it by, such as the program that uses it.'),
    scopes: KeyScopes.default([...DEFAULT]),
    expires_in_days: z
      .int()
      .min(1)
      .max(3_650)
      .optional()
      .describe('Without it the key works until it is revoked. A key made by another never outlives that one.'),
  })
  .meta({ id: 'NewKey' });
export type NewKey = z.infer<typeof NewKey>;

export const KeyView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().describe('The first characters of the key.'),
    scopes: z.array(z.enum(ALL)),
    created_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().nullable().describe('Right to a minute.'),
    expires_at: z.iso.datetime().nullable(),
    revoked_at: z.iso.datetime().nullable().describe('Since when it opens nothing. It is listed for 30 more days.'),
  })
  .meta({ id: 'Key' });
export type KeyView = z.infer<typeof KeyView>;

export const MadeKey = KeyView.extend({
  token: z.string().describe('The key itself, `bko_...`. It is shown this once.'),
}).meta({ id: 'MadeKey' });
export type MadeKey = z.infer<typeof MadeKey>;
