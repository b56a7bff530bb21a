import { describe, expect, test } from 'vitest';
import { parseAllow } from './addresses.js';
import { BadUrl, checkUrl } from './url.js';

const NOTHING = parseAllow('');

function refusal(text: string, allow = NOTHING): string {
  try {
    checkUrl(text, allow);
  } catch (error) {
    if (error instanceof BadUrl) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('checkUrl', () => {
  test('takes a public https URL as it is', () => {
    expect(checkUrl('https://agent.example.com:8443/v1/execute?key=a%20b', NOTHING).href).toBe(
      'https://agent.example.com:8443/v1/execute?key=a%20b',
    );
    expect(checkUrl('https://8.8.8.8/execute', NOTHING).hostname).toBe('8.8.8.8');
  });

  test('turns an international name into its one ASCII form', () => {
    expect(checkUrl('https://bücher.example/execute', NOTHING).hostname).toBe('xn--bcher-kva.example');
    expect(checkUrl('https://ＥＸＡＭＰＬＥ.com/', NOTHING).hostname).toBe('example.com');
  });

  test.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://0/',
    'https://0.0.0.0/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:7f00:1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[fd00:ec2::254]/',
    'https://169.254.169.254/latest/meta-data',
    'https://①②⑦.⓪.⓪.①/',
    'https://127。0。0。1/',
    'https://%31%32%37.0.0.1/',
    'https://localhost/',
    'https://LOCALHOST/',
    'https://a.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/',
    'https://intranet/',
  ])('%s leads inside and is refused', (text) => {
    expect(refusal(text)).toBe('URL_NOT_PUBLIC');
  });

  test.each([
    'http://agent.example.com/',
    'ftp://agent.example.com/',
    'ws://agent.example.com/',
    'gopher://agent.example.com/',
    'http://127.0.0.1/',
  ])('%s is no https', (text) => {
    expect(refusal(text)).toBe('URL_NOT_HTTPS');
  });

  test.each([
    'https://user:pw@agent.example.com/',
    'https://user@agent.example.com/',
    'https://@agent.example.com/',
    'https:user@example.com',
  ])('%s carries credentials', (text) => {
    expect(refusal(text)).toBe('URL_HAS_CREDENTIALS');
  });

  test.each(['https://agent.example.com/#a', 'https://agent.example.com/#', 'https://agent.example.com#@127.0.0.1/'])(
    'a fragment is refused and not dropped in silence: %s',
    (text) => {
      expect(refusal(text)).toBe('URL_HAS_FRAGMENT');
    },
  );

  test.each([
    '',
    'agent.example.com',
    '/execute',
    'https://',
    'https://agent.example.com\\@127.0.0.1/',
    'https://agent.exam\tple.com/',
    'https://agent.example.com/\n',
    ' https://agent.example.com/',
    'https://agent.example.com./',
    'https://agent.example.com:0/',
    'https://agent.example.com:99999/',
    'https://[::1/',
    'https://256.256.256.256/',
    'https://exa mple.com/',
    'file:///etc/passwd',
    'data:text/html,hi',
    'javascript:alert(1)',
  ])('%j is no complete URL', (text) => {
    expect(refusal(text)).toBe('URL_INVALID');
  });

  test('a URL over 2048 characters is refused', () => {
    expect(refusal(`https://agent.example.com/${'a'.repeat(2_022)}`)).toBe('accepted');
    expect(refusal(`https://agent.example.com/${'a'.repeat(2_023)}`)).toBe('URL_TOO_LONG');
  });

  test('the allow list opens its host and port, over http too, and nothing beside it', () => {
    const allow = parseAllow('127.0.0.1:9000,agents.internal:8080');
    expect(refusal('http://127.0.0.1:9000/execute', allow)).toBe('accepted');
    expect(refusal('http://127.1:9000/execute', allow)).toBe('accepted');
    expect(refusal('https://agents.internal:8080/execute', allow)).toBe('accepted');
    expect(refusal('http://agents.internal:8080/execute', allow)).toBe('accepted');
    expect(refusal('http://127.0.0.1:9001/execute', allow)).toBe('URL_NOT_HTTPS');
    expect(refusal('https://127.0.0.1:9001/execute', allow)).toBe('URL_NOT_PUBLIC');
    expect(refusal('http://agents.internal/execute', allow)).toBe('URL_NOT_HTTPS');
    expect(refusal('ftp://127.0.0.1:9000/', allow)).toBe('URL_NOT_HTTPS');
    expect(() => checkUrl('http://127.0.0.1:9001/execute', allow)).toThrow(
      expect.objectContaining({ suggestion: expect.stringContaining('EGRESS_ALLOW=127.0.0.1:9001') }),
    );
  });

  test('with a range in the list a local name is left to the connection', () => {
    expect(refusal('https://agent.prod.internal/', parseAllow('10.0.0.0/8'))).toBe('accepted');
    expect(refusal('http://10.0.0.7:8080/', parseAllow('10.0.0.0/8'))).toBe('accepted');
    expect(refusal('https://127.0.0.1/', parseAllow('10.0.0.0/8'))).toBe('URL_NOT_PUBLIC');
  });

  test('the error names the field and says what to do', () => {
    const error = (() => {
      try {
        return checkUrl('https://localhost/', NOTHING, 'endpoint_url');
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ kind: 'invalid', code: 'URL_NOT_PUBLIC', field: 'endpoint_url' });
    expect(error).toHaveProperty('suggestion', expect.stringContaining('EGRESS_ALLOW'));
  });
});
