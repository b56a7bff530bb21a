const MOST_BYTES = 32 * 2 ** 20;
const LARGEST_BYTES = 512 * 2 ** 10;

/**
 * The small files that this process put last. A round's files are read again within seconds of being put: by who sends them and
 * by the judge. A file is named by its own bytes, so what is remembered here can't be out of date.
 */
export class RecentFiles {
  private readonly files = new Map<string, Uint8Array>();
  private bytes = 0;

  add(hash: string, bytes: Uint8Array): void {
    if (bytes.byteLength > LARGEST_BYTES || this.files.has(hash)) return;
    this.files.set(hash, bytes);
    this.bytes += bytes.byteLength;
    for (const [oldest, { byteLength }] of this.files) {
      if (this.bytes <= MOST_BYTES) break;
      this.files.delete(oldest);
      this.bytes -= byteLength;
    }
  }

  /** undefined: it was put long ago, or elsewhere. */
  get(hash: string): Uint8Array | undefined {
    return this.files.get(hash);
  }
}
