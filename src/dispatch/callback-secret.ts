import { createHmac } from 'node:crypto';

/** The secret of one call, `whsec_...`: the same on every attempt, so that the request's bytes are, and kept nowhere. */
export function callbackSecret(key: Uint8Array, callId: string): string {
  return `whsec_${createHmac('sha256', key).update(callId).digest('base64')}`;
}
