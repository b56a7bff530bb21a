import { describe, expect, test } from 'vitest';
import { whereTo } from './where-to.ts';

describe('where somebody goes after signing in', () => {
  test('back to the page they wanted', () => {
    expect(whereTo('?to=%2Fapp%2Ftasks%2F7%3Ftab%3Dgallery')).toBe('/app/tasks/7?tab=gallery');
    expect(whereTo('')).toBe('/app');
  });

  test('never to an address that somebody else put there', () => {
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', '/apple', 'javascript:alert(1)']) {
      expect(whereTo(`?${new URLSearchParams({ to })}`), to).toBe('/app');
    }
  });
});
