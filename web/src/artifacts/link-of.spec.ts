import { describe, expect, test } from 'vitest';
import { linkOf } from './link-of.ts';

describe('a link in what an agent wrote', () => {
  test('leads out of the app, and says where', () => {
    expect(linkOf('https://example.com/a?b=c')).toEqual({ href: 'https://example.com/a?b=c', shown: 'example.com/a' });
    expect(linkOf('mailto:a@example.com')?.shown).toBe('a@example.com');
  });

  test('shows the host that is really asked', () => {
    expect(linkOf('https://bank.example@evil.example/login')?.shown).toBe('evil.example/login');
    expect(linkOf('https://\u0430pple.example')?.shown).toMatch(/^xn--/);
    expect(linkOf(`https://evil.example/${'a'.repeat(500)}`)?.shown.length).toBeLessThan(70);
  });

  test.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'data:text/html,x',
    '/app/wallet',
    '#x',
    'blob:x',
    'file:///etc',
    '',
    undefined,
  ])('%j is none', (href) => expect(linkOf(href)).toBeNull());
});
