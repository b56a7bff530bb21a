import { Injectable } from '@nestjs/common';

/** A stored file as a signed link serves it. */
export interface LinkedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly hash: string;
  readonly size: number;
}

type Find = (id: string) => Promise<LinkedFile | null>;

/** Files that other modules serve under the links of attachments, so that nobody can tell by a link whose file it is. */
@Injectable()
export class LinkedFiles {
  private readonly sources: Find[] = [];

  /** Modules say so while they start. */
  add(find: Find): void {
    this.sources.push(find);
  }

  async find(id: string): Promise<LinkedFile | null> {
    for (const source of this.sources) {
      const found = await source(id);
      if (found) return found;
    }
    return null;
  }
}
