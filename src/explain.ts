import { WrongSetting } from './platform/config.js';
import { BadSecretsKeys } from './platform/crypto/secrets.js';
import { EmbeddedPostgresFailed } from './platform/database/embedded.js';
import { DatabaseTooOld } from './platform/database/migrate.js';
import { BadAllowList } from './platform/egress/addresses.js';
import { CannotStart } from './platform/runtime.js';

/** What an operator can mend is one line without a stack; anything else is a bug and shown whole. */
export function explain(err: unknown): unknown {
  if (err instanceof WrongSetting || err instanceof CannotStart) return err.message;
  if (err instanceof EmbeddedPostgresFailed || err instanceof DatabaseTooOld) return err.message;
  if (err instanceof BadSecretsKeys) return err.message;
  if (err instanceof BadAllowList) return `EGRESS_ALLOW: ${err.message}`;
  return err;
}
