import { describe, expect, test } from 'vitest';
import { endOf, framedLink, pathOf, steady } from './links.ts';

const link = (id: number, expires: number) => `/files/artifacts/${id}?expires=${expires}&signature=s`;

describe('a signed link', () => {
  test('is asked of the address that the page came from', () => {
    expect(pathOf(`https://market.example${link(1, 5)}`)).toBe(link(1, 5));
    expect(framedLink(link(1, 5))).toBe('/files/artifacts/1/framed?expires=5&signature=s');
    expect(framedLink('/files/showcases/1/0')).toBe('/files/showcases/1/0/framed');
  });

  test('stays while it opens the same file and has a minute left', () => {
    expect(steady(link(1, 1_000), link(1, 2_000), 900_000)).toBe(link(1, 1_000));
    expect(steady(link(1, 1_000), link(1, 2_000), 950_000)).toBe(link(1, 2_000));
    expect(steady(link(1, 1_000), link(2, 2_000), 0)).toBe(link(2, 2_000));
    expect(steady(null, link(1, 1_000), 0)).toBe(link(1, 1_000));
  });

  test('never ends where it does not say when', () => {
    expect(endOf('/files/showcases/1/0')).toBe(Number.POSITIVE_INFINITY);
    expect(steady('/files/showcases/1/0', '/files/showcases/1/0', 1e15)).toBe('/files/showcases/1/0');
  });
});
