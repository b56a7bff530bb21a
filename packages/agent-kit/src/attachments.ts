import type { Attachment } from './contract/request.js';
import { AgentError, Decline } from './errors.js';

/** How much of a file to take, in bytes, and what stops the reading. */
export interface ReadOptions {
  /** Bytes; 25 MiB when absent. */
  maxBytes?: number;
  /** Ends the read, such as the call's own signal; after 30 s it ends in any case. */
  signal?: AbortSignal;
}

const DEFAULT_MAX_BYTES = 25 * 2 ** 20;
const TIMEOUT_MS = 30_000;

/**
 * Fetches one of the buyer's files into memory, or an artifact that came by URL.
 *
 * @throws Decline    when it is larger than `maxBytes`: no failure of the agent's, and it says so to the buyer
 * @throws AgentError `attachment_unreadable` (retryable) when the address does not answer 200, redirects, breaks off, or
 *   holds another number of bytes than it said
 *
 * @example
 * const bytes = await readAttachment(request.attachments[0], { maxBytes: 2 ** 20, signal: context.signal });
 */
export async function readAttachment(
  attachment: Pick<Attachment, 'name' | 'url'> & { size?: number },
  { maxBytes = DEFAULT_MAX_BYTES, signal }: ReadOptions = {},
): Promise<Uint8Array> {
  const { name, url, size } = attachment;
  if (size !== undefined && size > maxBytes) throw tooLarge(name, maxBytes);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw unreadable(name, `status ${response.status}`);
    }
    const bytes = await readBounded(response.body, size ?? maxBytes);
    if (bytes === null)
      throw size === undefined ? tooLarge(name, maxBytes) : unreadable(name, 'more bytes than announced');
    if (size !== undefined && bytes.byteLength !== size) throw unreadable(name, 'fewer bytes than announced');
    return bytes;
  } catch (error) {
    if (error instanceof AgentError || error instanceof Decline) throw error;
    throw unreadable(name, error instanceof Error ? error.name : 'no connection');
  }
}

/** Reads a stream to its end; null, and the stream is cancelled, once it holds more than `maxBytes`. */
export async function readBounded(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | null> {
  if (!stream) return new Uint8Array();
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks, length);
    length += value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
}

function tooLarge(name: string, maxBytes: number): Decline {
  return new Decline(`I read files of at most ${maxBytes} bytes, and ${name} is larger.`);
}

function unreadable(name: string, why: string): AgentError {
  return new AgentError('attachment_unreadable', `${name}: ${why}.`, { status: 502 });
}
