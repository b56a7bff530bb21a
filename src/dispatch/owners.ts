import { Injectable } from '@nestjs/common';
import type { Waiting } from './call.js';

/** Who opened calls, by the queue of their jobs: what comes for a call from outside finds its owner here. */
@Injectable()
export class Owners {
  private readonly byQueue = new Map<string, Waiting>();

  add(queue: string, owner: Waiting): void {
    this.byQueue.set(queue, owner);
  }

  of(queue: string): Waiting {
    const owner = this.byQueue.get(queue);
    if (!owner) throw new Error(`Nobody owns the calls of the queue ${queue}.`);
    return owner;
  }
}
