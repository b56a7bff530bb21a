import { randomBytes } from 'node:crypto';
import { type Command, parsed, Unable, UsageError } from '../cli/command.js';
import type { Home } from '../cli/home.js';
import type { Api } from './api.js';
import { Here } from './here.js';
import { SignedUp } from './views.js';

const USAGE = `--email EMAIL --name NAME [options]
Makes an account with its gift credits, and writes its key to .env in this folder (BAKEOFF_KEY, mode 0600).
  --email EMAIL     the address to sign in with
  --name NAME       what others see
  --buyer           an account to try the buyer's side with: its key is kept as BAKEOFF_BUYER_KEY
  --server ORIGIN   the Bakeoff server; else BAKEOFF_SERVER, else the one of .bakeoff.json, else the one that this kit came from
  --json            the account and its credits as JSON, without the key
The password comes from BAKEOFF_PASSWORD; without it one is made up and kept in .env beside the key.
Exit code: 0 done, 2 asked wrongly, refused, or there is a key already.`;

const OPTIONS = {
  email: { type: 'string' },
  name: { type: 'string' },
  buyer: { type: 'boolean', default: false },
  server: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

export function signup(home: Home): Command {
  return {
    name: 'signup',
    summary: 'makes an account, and keeps its key in .env',
    usage: USAGE,
    async run(args, io) {
      const { values, positionals } = parsed(args, OPTIONS);
      const { email, name, buyer } = values;
      if (positionals.length > 0 || !email || !name) throw new UsageError('--email and --name are needed');
      const here = await Here.of(values, io, home);
      const prefix = buyer ? 'BAKEOFF_BUYER' : 'BAKEOFF';
      if (await here.folder.variable(`${prefix}_KEY`))
        throw new Unable(`.env holds ${prefix}_KEY already. Take that line out if you want another account.`);
      await here.folder.checkWritable();
      const given = io.env[`${prefix}_PASSWORD`];
      const made = await newAccount(here.anybody, { email, name, password: given ?? password() });
      await here.folder.setVariables(
        { [`${prefix}_KEY`]: made.token, ...(given ? {} : { [`${prefix}_PASSWORD`]: made.password }) },
        `the account ${email} at ${here.origin}`,
      );
      if (!buyer) await here.folder.remember({ server: here.origin });
      const { account, gift_credits } = made.signedUp;
      io.out(
        values.json
          ? `${JSON.stringify({ account, gift_credits, env: `${prefix}_KEY` })}\n`
          : `The account ${email} at ${here.origin} has ${gift_credits} gift credits. Its key is in .env (${prefix}_KEY)${given ? '' : ', and its password'}.\n`,
      );
      return 0;
    },
  };
}

interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** An account with a first key. @throws Refused */
export async function newAccount(api: Api, { email, name, password }: NewAccount) {
  const body = { email, name, password, with_key: { name: 'bakeoff-agent' } };
  const { key, ...signedUp } = await api.post('/accounts', SignedUp, body);
  return { token: key.token, password, signedUp };
}

/** 32 characters that nobody guesses. */
export function password(): string {
  return randomBytes(24).toString('base64url');
}
