import { Injectable } from '@nestjs/common';
import { SecretBox } from '../platform/crypto/secrets.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { callbackSecret } from './callback-secret.js';
import type { Callback } from './execute-request.js';

/** Where agents answer calls later, and the secrets that they sign with. */
@Injectable()
export class CallbackAddress {
  /** The current one first: what was sent out before a rotation still verifies. */
  private readonly keys: readonly Uint8Array[];

  constructor(
    secrets: SecretBox,
    private readonly address: PublicAddress,
  ) {
    this.keys = secrets.deriveAll('callback secrets');
  }

  of(callId: string): Callback {
    return { url: `${this.address.url}/callbacks/${callId}`, secret: this.secretsOf(callId)[0] ?? '' };
  }

  secretsOf(callId: string): string[] {
    return this.keys.map((key) => callbackSecret(key, callId));
  }
}
