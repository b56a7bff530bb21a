const HEAD_BYTES = 4_096;

/** The first 4 kB of a body as text for its trace: no callback secret and no signed query string gets in. */
export function traceHead(body: Uint8Array): string {
  const text = Buffer.from(body.subarray(0, HEAD_BYTES)).toString('utf8');
  return text
    .replaceAll('\u0000', '\uFFFD')
    .replace(/whsec_[A-Za-z0-9+/=]+/g, 'whsec_[removed]')
    .replace(/(https?:\/\/[^\s"\\?]+)\?[^\s"\\]*/g, '$1?[removed]');
}
