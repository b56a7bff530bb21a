import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { SecretBox } from '../platform/crypto/secrets.js';
import { UrlSigner } from '../platform/crypto/signed-url.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { LinkExpired } from './tasks.errors.js';

export type FileKind = 'attachments' | 'artifacts';

/** Addresses of files that need no key: signed, and gone after a while. */
@Injectable()
export class Links {
  private readonly signer: UrlSigner;

  constructor(
    secrets: SecretBox,
    private readonly address: PublicAddress,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    this.signer = new UrlSigner(secrets.deriveAll('signed urls'));
  }

  /** A link that lives SIGNED_URL_MINUTES, or until `atLeast` if that is later. */
  to(kind: FileKind, id: string, atLeast?: Date): string {
    const until = this.clock.now().getTime() + this.config.SIGNED_URL_MINUTES * 60_000;
    const expiresAt = new Date(Math.max(until, atLeast?.getTime() ?? 0));
    return `${this.address.url}${this.signer.sign(`/files/${kind}/${id}`, expiresAt)}`;
  }

  /**
   * @param url path and query as they came
   * @throws LinkExpired not signed by us, or too old
   */
  check(url: string): void {
    if (this.signer.verify(url, this.clock.now()) !== 'valid') throw new LinkExpired();
  }
}
