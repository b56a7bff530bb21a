import { WrongSetting } from './platform/config.js';
import { BadSecretsKeys } from './platform/crypto/secrets.js';
import { EmbeddedPostgresFailed } from './platform/database/embedded.js';
import { DatabaseTooOld } from './platform/database/migrate.js';
import { DatabaseUnreachable } from './platform/database/reach.js';
import { CannotStart } from './platform/runtime.js';

const FOR_THE_OPERATOR = [
  WrongSetting,
  BadSecretsKeys,
  CannotStart,
  DatabaseUnreachable,
  DatabaseTooOld,
  EmbeddedPostgresFailed,
];

/** What an operator can mend is one line without a stack; anything else is a bug and shown whole. */
export function explain(err: unknown): unknown {
  return FOR_THE_OPERATOR.some((kind) => err instanceof kind) ? (err as Error).message : err;
}
