import { z } from 'zod';
import { KeyScopes, MadeKey, NewKey } from './key.schema.js';

const Email = z.email().max(254).toLowerCase();
const Password = z.string().min(10).max(200).describe('10 to 200 characters.');
const Name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has a control character')
  .describe('What others see.');

export const SignUp = z
  .strictObject({
    email: Email,
    password: Password,
    name: Name,
    with_key: NewKey.optional().describe('Makes a first API key too, so that a program needs no second call.'),
    session: z.boolean().default(false).describe('true: signs in at once and sets the session cookie.'),
  })
  .meta({ id: 'SignUp' });
export type SignUp = z.infer<typeof SignUp>;

export const SignIn = z
  .strictObject({
    email: Email,
    password: z.string().min(1).max(200),
  })
  .meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof SignIn>;

export const ChangeAccount = z.strictObject({ name: Name }).meta({ id: 'ChangeAccount' });
export type ChangeAccount = z.infer<typeof ChangeAccount>;

export const AccountView = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    role: z.enum(['member', 'admin']),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Account' });
export type AccountView = z.infer<typeof AccountView>;

export const SignedUp = z
  .object({
    account: AccountView,
    gift_credits: z.int().min(0).describe('Credits to begin with: to spend, never paid out.'),
    key: MadeKey.nullable(),
    session_expires_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'SignedUp' });
export type SignedUp = z.infer<typeof SignedUp>;

export const SignedIn = z
  .object({ account: AccountView, session_expires_at: z.iso.datetime() })
  .meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof SignedIn>;

/** Who is calling, and what with. */
export const Me = AccountView.extend({
  via: z.enum(['session', 'key']),
  scopes: KeyScopes.describe('What this session or key may do.'),
}).meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;
