import { crc32, deflateRawSync } from 'node:zlib';

/** Files in binary formats for tests of judging, made byte by byte so that they can be broken in one place. */

export interface ZipEntry {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** The Unix mode, in the upper half of the attributes. */
  readonly mode?: number;
  readonly isEncrypted?: boolean;
  /** What the archive says of its size, where that is a lie. */
  readonly saysSize?: number;
  readonly saysCrc?: number;
}

export function aZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.content ?? '');
    const packed = deflateRawSync(content, { level: 9 });
    const local = Buffer.alloc(30);
    const central = Buffer.alloc(46);
    local.writeUInt32LE(0x04034b50, 0);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(0x0314, 4);
    for (const [head, at] of [
      [local, 4],
      [central, 6],
    ] as const) {
      head.writeUInt16LE(20, at);
      head.writeUInt16LE(entry.isEncrypted ? 0x801 : 0x800, at + 2);
      head.writeUInt16LE(8, at + 4);
      head.writeUInt32LE(entry.saysCrc ?? crc32(content), at + 10);
      head.writeUInt32LE(packed.byteLength, at + 14);
      head.writeUInt32LE(entry.saysSize ?? content.byteLength, at + 18);
      head.writeUInt16LE(name.byteLength, at + 22);
    }
    central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    locals.push(local, name, packed);
    centrals.push(central, name);
    offset += 30 + name.byteLength + packed.byteLength;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.byteLength, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

export function aTar(entries: readonly { name: string; content?: string; type?: string }[]): Buffer {
  const blocks = entries.flatMap(({ name, content = '', type = '0' }) => {
    const head = Buffer.alloc(512);
    head.write(name, 0);
    head.write('0000644\0', 100);
    head.write(content.length.toString(8).padStart(11, '0'), 124);
    head.write(type, 156);
    head.write('ustar\0', 257);
    head.write('        ', 148);
    head.write(
      `${head
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
    );
    const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
    body.write(content);
    return [head, body];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1_024)]);
}

/** A PDF of so many pages, each with this text; `catalog` goes into its root. */
export function aPdf({ pages = 1, text = 'Hello', catalog = '' } = {}): Buffer {
  const stream = `BT /F1 12 Tf 20 100 Td (${text}) Tj ET`;
  const kids = Array.from({ length: pages }, (_, at) => `${at + 5} 0 R`).join(' ');
  const page =
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> >>';
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...Array.from({ length: pages }, () => page),
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = body.length;
    body += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(`${body}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`);
}
