import { describe, expect, test } from 'vitest';
import { allowed, BadAllowList, blocked, parseAllow } from './addresses.js';

describe('blocked', () => {
  test.each([
    ['this network', '0.0.0.0', '0.255.255.255'],
    ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1'],
    ['loopback', '127.0.0.1', '127.255.255.254', '::1'],
    ['link-local, where clouds hand out credentials', '169.254.169.254', 'fe80::1', 'febf::1', 'fe80::1%eth0'],
    ['carrier-grade NAT', '100.64.0.1', '100.127.255.255', '100.100.100.200'],
    ['protocol assignments and documentation', '192.0.0.192', '192.0.2.1', '198.51.100.7', '203.0.113.9'],
    ['benchmarking', '198.18.0.1', '198.19.255.255', '2001:2::1'],
    ['multicast, reserved, broadcast', '224.0.0.1', '239.1.2.3', '240.0.0.1', '255.255.255.255', 'ff02::1'],
    ['the inside of Azure', '168.63.129.16'],
    ['unspecified and compatible IPv6', '::', '::7f00:1', '::8.8.8.8'],
    ['mapped IPv4', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '0:0:0:0:0:ffff:a9fe:a9fe'],
    ['translated IPv4', '::ffff:0:7f00:1'],
    ['NAT64 of a blocked address', '64:ff9b::127.0.0.1', '64:ff9b::a00:1', '64:ff9b:1::1'],
    ['6to4 and Teredo', '2002:7f00:1::1', '2002:808:808::1', '2001::1', '2001:0:4136:e378::1'],
    ['unique local and site-local', 'fc00::1', 'fd00:ec2::254', 'fec0::1'],
    ['documentation and discard', '2001:db8::1', '3fff:fff::1', '100::1', '5f00::1'],
    ['no address at all', '', 'localhost', '127.1', '1.2.3', '[::1]', '1.2.3.4.5'],
  ])('%s', (_kind, ...ips) => {
    expect(ips.filter((ip) => !blocked(ip))).toEqual([]);
  });

  test('public unicast addresses are open, also through a mapping', () => {
    const ips = [
      '8.8.8.8',
      '1.1.1.1',
      '100.63.255.255',
      '100.128.0.1',
      '172.15.0.1',
      '172.32.0.1',
      '169.253.1.1',
      '223.255.255.1',
    ];
    const ipv6 = [
      '2606:4700::1111',
      '2a00:1450:4001::200e',
      '2001:4860:4860::8888',
      '::ffff:8.8.8.8',
      '64:ff9b::8.8.8.8',
    ];
    expect([...ips, ...ipv6].filter(blocked)).toEqual([]);
  });
});

describe('the allow list', () => {
  test('opens a host with its port, and no other port or host', () => {
    const list = parseAllow('agents.internal:8080, 127.0.0.1:9000,[::1]:9001');
    expect(allowed(list, 'agents.internal', '10.0.0.1', 8080)).toBe(true);
    expect(allowed(list, 'AGENTS.internal', null, 8080)).toBe(true);
    expect(allowed(list, 'agents.internal', '10.0.0.1', 80)).toBe(false);
    expect(allowed(list, 'x.agents.internal', '10.0.0.1', 8080)).toBe(false);
    expect(allowed(list, '127.0.0.1', '127.0.0.1', 9000)).toBe(true);
    expect(allowed(list, '127.0.0.1', '127.0.0.1', 9001)).toBe(false);
    expect(allowed(list, '[::1]', '::1', 9001)).toBe(true);
    expect(allowed(list, '::1', '::1', 9001)).toBe(true);
  });

  test('opens an address under any of its names and spellings', () => {
    const list = parseAllow('127.0.0.1:9000');
    expect(allowed(list, 'localhost', '127.0.0.1', 9000)).toBe(true);
    expect(allowed(list, '[::ffff:7f00:1]', '::ffff:127.0.0.1', 9000)).toBe(true);
  });

  test('opens a range, for all ports or for one', () => {
    const list = parseAllow('10.1.0.0/16,192.168.1.0/24:443,fd00::/8,[fc00:1::/32]:443');
    expect(allowed(list, 'a', '10.1.255.1', 1)).toBe(true);
    expect(allowed(list, 'a', '10.2.0.1', 1)).toBe(false);
    expect(allowed(list, 'a', '192.168.1.77', 443)).toBe(true);
    expect(allowed(list, 'a', '192.168.1.77', 80)).toBe(false);
    expect(allowed(list, 'a', 'fd12::1', 80)).toBe(true);
    expect(allowed(list, 'a', 'fc00:1::1', 443)).toBe(true);
    expect(allowed(list, 'a', 'fc00:1::1', 444)).toBe(false);
    expect(allowed(list, 'a', null, 443)).toBe(false);
  });

  test('empty text opens nothing', () => {
    expect(allowed(parseAllow(' , '), 'localhost', '127.0.0.1', 80)).toBe(false);
  });

  test.each([
    'localhost',
    '127.0.0.1',
    '::1',
    'fd00::1',
    'http://localhost:80',
    'localhost:0',
    'localhost:65536',
    'localhost:8o',
    '10.0.0.0/33',
    'fd00::/129',
    'a/8',
    '10.0.0.0/',
    'user@host:80',
    '*.internal:80',
    '[127.0.0.1]:80',
    'a b:80',
  ])('%s is refused by name', (entry) => {
    expect(() => parseAllow(`10.0.0.0/8,${entry}`)).toThrow(BadAllowList);
    expect(() => parseAllow(`10.0.0.0/8,${entry}`)).toThrow(`"${entry}"`);
  });
});
