import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './refusal.mjs';

/** A new cluster's `postgres.json`: its passwords, whether it is one for tests, later the port it last had. */
export function newState({ fast }) {
  const password = () => randomBytes(24).toString('base64url');
  return { passwords: { admin: password(), owner: password(), app: password() }, fast };
}

/** @throws Refusal when it is missing or no JSON */
export function readState(dataDir) {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), 'utf8'));
  } catch (error) {
    throw new Refusal(
      `${fileIn(dataDir)}, which holds the passwords of this PostgreSQL, can't be read: ${error.message}`,
    );
  }
}

export function writeState(dataDir, state) {
  const draft = `${fileIn(dataDir)}.new`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, fileIn(dataDir));
}

function fileIn(dataDir) {
  return join(dataDir, 'postgres.json');
}
