/** The names in a tar archive, in the classic form with the additions that GNU tar and pax make for long names. */
export interface TarEntry {
  readonly name: string;
  readonly isLink: boolean;
  readonly content: Uint8Array;
}

const BLOCK = 512;

export function tarEntries(buffer: Buffer, most: number): { entries: TarEntry[]; problem: string | undefined } {
  const entries: TarEntry[] = [];
  let longName = '';
  for (let at = 0; at + BLOCK <= buffer.byteLength; ) {
    const head = buffer.subarray(at, at + BLOCK);
    if (head.every((byte) => byte === 0)) return { entries, problem: undefined };
    if (entries.length >= most) return { entries, problem: `more than ${most} entries` };
    if (!isHeader(head)) return { entries, problem: `the entry at byte ${at} is damaged` };
    const size = octal(head, 124, 12);
    const content = buffer.subarray(at + BLOCK, at + BLOCK + size);
    if (content.byteLength < size) return { entries, problem: 'it is cut off' };
    const type = String.fromCharCode(head[156] ?? 0);
    if (type === 'L') longName = text(content);
    else if (type === 'x') longName = /(?:^|\n)\d+ path=([^\n]*)/.exec(text(content))?.[1] ?? longName;
    else if (type !== 'g' && type !== 'K') {
      const prefix = text(head.subarray(345, 500));
      const own = text(head.subarray(0, 100));
      entries.push({
        name: longName || (prefix === '' ? own : `${prefix}/${own}`),
        isLink: type === '1' || type === '2',
        content,
      });
      longName = '';
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return { entries, problem: undefined };
}

/** The checksum counts its own field as spaces. */
function isHeader(head: Buffer): boolean {
  let sum = 0;
  for (const [at, byte] of head.entries()) sum += at >= 148 && at < 156 ? 32 : byte;
  return sum === octal(head, 148, 8);
}

function octal(head: Buffer, from: number, length: number): number {
  const digits = text(head.subarray(from, from + length)).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

function text(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.subarray(0, end < 0 ? undefined : end).toString('utf8');
}
