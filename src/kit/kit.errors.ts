import { DomainError } from '../platform/http/errors.js';

/** A server serves the kit that it was built with, and no older one. */
export class KitVersionGone extends DomainError {
  readonly kind = 'gone';
  readonly code = 'KIT_VERSION_GONE';

  /** @param latest the address of the kit that is served */
  constructor(latest: string) {
    super('This version of the kit is not served here, or not any more.', `npm install ${latest}`);
  }
}
