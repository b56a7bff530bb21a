import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ForOperator } from '../for-operator.js';
import { readOrCreate } from '../storage/durable.js';

/** Where a secret is stored. A ciphertext opens at its own place only. */
export interface Place {
  readonly table: string;
  readonly column: string;
  /** The row's primary key as text. */
  readonly row: string;
}

export class BadSecretsKeys extends ForOperator {
  constructor(source: string, problem: string) {
    super(`${source}: ${problem}. It is id:base64 of 32 bytes, comma separated; "openssl rand -base64 32" makes one.`);
    this.name = 'BadSecretsKeys';
  }
}

/**
 * A stored secret that doesn't open. It is a fault of this installation, and shown to nobody outside.
 *
 * `unknown_key` its key is not in SECRETS_KEYS; `wrong_place` it was changed, moved from another row, or its key replaced
 * under the same id; `malformed` it is none of our ciphertexts
 */
export class SecretUnreadable extends Error {
  constructor(
    readonly reason: 'unknown_key' | 'wrong_place' | 'malformed',
    message: string,
  ) {
    super(message);
    this.name = 'SecretUnreadable';
  }
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';
const ENTRY = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]{43}=?)$/;
const SEALED = /^(v\d+)\.([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]{38,})$/;

interface MasterKey {
  readonly id: string;
  readonly bytes: Buffer;
  readonly encryption: KeyObject;
}

/** What is secret at rest, under the keys of the operator: the first encrypts, all decrypt. */
export class SecretBox {
  private constructor(
    private readonly current: MasterKey,
    private readonly all: readonly MasterKey[],
  ) {}

  /**
   * @param source where the text is from, for the error
   * @throws BadSecretsKeys which never repeats a key
   */
  static parse(text: string, source = 'SECRETS_KEYS'): SecretBox {
    const keys = text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '')
      .map((entry) => masterKey(entry, source));
    const [current] = keys;
    if (!current) throw new BadSecretsKeys(source, 'it holds no key');
    if (new Set(keys.map(({ id }) => id)).size < keys.length)
      throw new BadSecretsKeys(source, 'two keys have the same id');
    return new SecretBox(current, keys);
  }

  /** Encrypts for one place, with the first key. The same text gives another ciphertext each time. */
  seal(plain: string, place: Place): string {
    const { id, encryption } = this.current;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', encryption, nonce).setAAD(boundTo(id, place));
    const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${id}.${sealed.toString('base64url')}`;
  }

  /** @throws SecretUnreadable */
  open(text: string, place: Place): string {
    const [, version, id = '', payload = ''] = SEALED.exec(text) ?? [];
    if (version !== VERSION) throw new SecretUnreadable('malformed', 'This is no ciphertext of this server.');
    const key = this.all.find((each) => each.id === id);
    if (!key) throw new SecretUnreadable('unknown_key', `The key "${id}" is not in SECRETS_KEYS.`);
    const bytes = Buffer.from(payload, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key.encryption, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(boundTo(id, place))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw new SecretUnreadable(
        'wrong_place',
        `A secret of ${place.table}.${place.column} was changed, or belongs elsewhere.`,
      );
    }
  }

  /** Whether `text` was sealed with another key than the one that seals today. */
  isStale(text: string): boolean {
    return !text.startsWith(`${VERSION}.${this.current.id}.`);
  }

  /** A key for another use than storage (cookies, signed URLs, receipts), 32 bytes; the same label gives the same key. */
  derive(label: string): Uint8Array {
    return derived(this.current.bytes, label);
  }

  /** The same of every key, the current one first: what was signed before a rotation still verifies. */
  deriveAll(label: string): Uint8Array[] {
    return this.all.map(({ bytes }) => derived(bytes, label));
  }
}

function masterKey(entry: string, source: string): MasterKey {
  const [, id, base64] = ENTRY.exec(entry) ?? [];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  if (id === undefined || bytes.length !== KEY_BYTES) {
    const shown = /^[A-Za-z0-9_-]{1,32}(?=:)/.exec(entry)?.[0];
    throw new BadSecretsKeys(
      source,
      shown === undefined ? 'an entry has no id' : `the key "${shown}" is not 32 bytes in base64`,
    );
  }
  return { id, bytes, encryption: createSecretKey(derived(bytes, 'secrets at rest')) };
}

function derived(key: Uint8Array, label: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', `bakeoff ${label}`, KEY_BYTES));
}

/** JSON keeps the parts apart: ["a","bc"] and ["ab","c"] are different places. */
function boundTo(keyId: string, { table, column, row }: Place): Buffer {
  return Buffer.from(JSON.stringify([VERSION, keyId, table, column, row]));
}

/**
 * The text of SECRETS_KEYS for the embedded mode, from a file that is written once and readable by this user alone.
 * Processes that start together end up with the same key. Loosened permissions are tightened again, and said.
 *
 * @throws BadSecretsKeys when the file was damaged
 */
export async function loadOrCreateKeyFile(
  path: string,
  warn: (message: string) => void = process.emitWarning,
): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const { text } = await readOrCreate(path, () => `k1:${randomBytes(KEY_BYTES).toString('base64')}\n`);
  const mode = (await stat(path)).mode & 0o777;
  if ((mode & 0o077) !== 0) {
    await chmod(path, 0o600);
    warn(
      `${path} could be read by other users (${mode.toString(8)}); it is 600 now. If others use this machine, replace the key.`,
    );
  }
  SecretBox.parse(text, path);
  return text.trim();
}
