import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { SecretBox } from '../platform/crypto/secrets.js';
import { UrlSigner } from '../platform/crypto/signed-url.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { FixtureLinkExpired } from './benchmark.errors.js';

/** Addresses of a fixture's files for the one agent that is asked: signed, and good for as long as a real attachment's. */
@Injectable()
export class FixtureLinks {
  private readonly signer: UrlSigner;

  constructor(
    secrets: SecretBox,
    private readonly address: PublicAddress,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    this.signer = new UrlSigner(secrets.deriveAll('benchmark files'));
  }

  to(caseId: string, index: number, atLeast: Date): string {
    const until = this.clock.now().getTime() + this.config.SIGNED_URL_MINUTES * 60_000;
    const expiresAt = new Date(Math.max(until, atLeast.getTime()));
    return `${this.address.url}${this.signer.sign(`/benchmark-files/${caseId}/${index}`, expiresAt)}`;
  }

  /**
   * @param url path and query as they came
   * @throws FixtureLinkExpired not signed by us, or too old
   */
  check(url: string): void {
    if (this.signer.verify(url, this.clock.now()) !== 'valid') throw new FixtureLinkExpired();
  }
}
