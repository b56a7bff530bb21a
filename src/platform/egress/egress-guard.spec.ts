import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { anEgress, failure, get, listening, text } from '../../../test/support/loopback.js';
import { systemResolve } from './connector.js';

describe('what leads inside', () => {
  async function counting() {
    let connections = 0;
    const server = createServer((_request, response) => response.end('secret'));
    server.on('connection', () => connections++);
    const port = await listening(server);
    return { port, connections: () => connections };
  }

  test('is blocked in every spelling, before a connection is made', async () => {
    const { port, connections } = await counting();
    const egress = anEgress('');
    const hosts = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f.0.0.1',
      '0x7f.1',
      '0',
      '0.0.0.0',
      '[::1]',
      '[::ffff:7f00:1]',
      '[64:ff9b::7f00:1]',
      'localhost',
    ];
    for (const scheme of ['http', 'https']) {
      for (const host of hosts) {
        const blocked = await failure(get(egress, `${scheme}://${host}:${port}/`));
        expect([host, blocked.reason, blocked.retryable, blocked.everSentByte]).toEqual([
          host,
          'blocked',
          false,
          false,
        ]);
      }
    }
    expect(connections()).toBe(0);
  });

  test('is blocked behind a public name', async () => {
    const { port, connections } = await counting();
    for (const ip of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.1', '169.254.169.254', 'fd00:ec2::254']) {
      const egress = anEgress('', async () => [ip]);
      expect((await failure(get(egress, `https://rebind.example.com:${port}/`))).reason).toBe('blocked');
    }
    expect(connections()).toBe(0);
  });

  test('is blocked when it hides among public answers', async () => {
    const { port, connections } = await counting();
    const egress = anEgress('', async () => ['8.8.8.8', '127.0.0.1']);
    expect((await failure(get(egress, `https://mixed.example.com:${port}/`))).reason).toBe('blocked');
    expect(connections()).toBe(0);
  });

  test('is blocked when the name is rebound between two calls', async () => {
    const { port, connections } = await counting();
    let lookups = 0;
    // The first answer is public by the allow list's word; the second is what an attacker would swap in.
    const egress = anEgress(`127.0.0.1:${port}`, async () => (lookups++ === 0 ? ['127.0.0.1'] : ['127.0.0.2']));
    expect((await failure(get(egress, `https://rebind.example.com:${port}/`))).reason).toBe('tls');
    expect((await failure(get(egress, `https://rebind.example.com:${port}/`))).reason).toBe('blocked');
    expect(lookups).toBe(2);
    expect(connections()).toBe(1);
  });

  test('is open where the allow list says so, and not on another port', async () => {
    const { port } = await counting();
    const other = await counting();
    const egress = anEgress(`127.0.0.1:${port}`);
    expect(text((await get(egress, `http://127.0.0.1:${port}/`)).body)).toBe('secret');
    expect((await failure(get(egress, `http://127.0.0.1:${other.port}/`))).reason).toBe('blocked');
    expect(other.connections()).toBe(0);
  });

  test('a listed name is looked up as the operator means it', async () => {
    const { port } = await counting();
    const trusted: boolean[] = [];
    const egress = anEgress(`agents.internal:${port}`, async (_host, isTrusted) => {
      trusted.push(isTrusted);
      return ['127.0.0.1'];
    });
    expect((await get(egress, `http://agents.internal:${port}/`)).status).toBe(200);
    expect(trusted).toEqual([true]);
  });
});

test('the names the operator listed are looked up as the machine does, with its hosts file', async () => {
  const ips = await systemResolve()('localhost', true);
  expect(ips.every((ip) => ip === '127.0.0.1' || ip === '::1')).toBe(true);
  expect(ips.length).toBeGreaterThan(0);
});
