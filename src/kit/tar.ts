/** One file of an archive. */
export interface TarFile {
  /** At most 100 bytes of ASCII, with `/` between folders. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;

/**
 * An archive in the ustar format. Owners, times and modes are the same for every file, so that the same files give the same
 * bytes.
 *
 * @throws RangeError a path does not fit into a header
 */
export function tar(files: readonly TarFile[]): Buffer {
  const parts = files.flatMap(({ path, bytes }) => [header(path, bytes.byteLength), bytes, padding(bytes.byteLength)]);
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function header(path: string, size: number): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(path)) throw new RangeError(`The path does not fit into an archive: ${path}`);
  const block = Buffer.alloc(BLOCK);
  block.write(path, 0, 'ascii');
  block.write(octal(0o644, 8), 100, 'ascii');
  block.write(octal(0, 8), 108, 'ascii');
  block.write(octal(0, 8), 116, 'ascii');
  block.write(octal(size, 12), 124, 'ascii');
  block.write(octal(0, 12), 136, 'ascii');
  block.write('        ', 148, 'ascii'); // the checksum is made as if it were blank
  block.write('0', 156, 'ascii'); // a plain file
  block.write('ustar\u000000', 257, 'ascii');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148, 'ascii');
  return block;
}

/** A number as its field takes it: in base 8, with a NUL at the end. */
function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\u0000`;
}

function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}
