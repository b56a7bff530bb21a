import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { parseAllow } from './addresses.js';
import { Egress } from './egress.js';

// Made for this test and used nowhere else: agent.example.com, its own authority, until 2120.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQghhmgGbFc9e2rA1ie
MecAK7mBH6OoPeBaYW3y8X2B/2ShRANCAARcIzjnu5c0YouPAmLPlO1oGgjvS7YE
QI0CxJJlKIsKSDxXvh9aj/iY+Umgig2F8aTwDeOwO6QLsjbXm/tPWY+s
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBejCCAR+gAwIBAgIBATAKBggqhkjOPQQDAjAcMRowGAYDVQQDDBFhZ2VudC5l
eGFtcGxlLmNvbTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowHDEa
MBgGA1UEAwwRYWdlbnQuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMB
BwNCAARcIzjnu5c0YouPAmLPlO1oGgjvS7YEQI0CxJJlKIsKSDxXvh9aj/iY+Umg
ig2F8aTwDeOwO6QLsjbXm/tPWY+so1AwTjAcBgNVHREEFTATghFhZ2VudC5leGFt
cGxlLmNvbTAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBQDcs+IVGkjVNf4dUFl
ME61LjzrYzAKBggqhkjOPQQDAgNJADBGAiEAlws3oimCocsFICIRHJ7zLxW+sMBW
tsA4eaGARGWn7qICIQC/xv2kEqXDK3r4yn9Nv8G8O8YZwBqDegR5wdEzre7lcQ==
-----END CERTIFICATE-----`;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A TLS server, and a call to it under `host` by an egress that trusts `ca`. */
async function call(host: string, ca?: string) {
  const server = createServer({ key: KEY, cert: CERTIFICATE }, (_request, response) => response.end('over tls'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const egress = new Egress({
    allow: parseAllow(`127.0.0.1:${port}`),
    resolve: async () => ['127.0.0.1'],
    ...(ca === undefined ? {} : { ca }),
  });
  closers.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => egress.close(),
  );
  return egress.request({
    url: `https://${host}:${port}/`,
    method: 'GET',
    signal: AbortSignal.timeout(60_000),
    maxBytes: 1_000,
  });
}

describe('TLS', () => {
  test('a trusted certificate with the right name is accepted', async () => {
    const answer = await call('agent.example.com', CERTIFICATE);
    expect(Buffer.from(answer.body).toString()).toBe('over tls');
  });

  test('a certificate for another name is refused before anything is sent', async () => {
    await expect(call('other.example.com', CERTIFICATE)).rejects.toMatchObject({
      reason: 'tls',
      retryable: false,
      everSentByte: false,
      message: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
    });
  });

  test('a certificate that nobody known signed is refused', async () => {
    await expect(call('agent.example.com')).rejects.toMatchObject({ reason: 'tls', everSentByte: false });
  });
});
