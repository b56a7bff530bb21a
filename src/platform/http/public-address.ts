import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';

/** Where agents and browsers reach this installation. With PORT=0 it is known only once the server listens. */
@Injectable()
export class PublicAddress {
  private listened: string | null = null;

  constructor(private readonly config: Config) {}

  listens(port: number): void {
    this.listened = this.config.publicUrl(port);
  }

  get url(): string {
    return this.listened ?? this.config.publicUrl(this.config.PORT);
  }
}
