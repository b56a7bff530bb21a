import { useRef } from 'react';

/** A link is given up this long before its end, so that what it opens still comes. */
const SPARE_MS = 60_000;

/** The part of a signed link that any of our addresses answers. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url, 'http://any');
  return pathname + search;
}

/** When a signed link ends; never for one without an end. */
export function endOf(url: string): number {
  const expires = new URL(url, 'http://any').searchParams.get('expires');
  return expires === null ? Number.POSITIVE_INFINITY : Number(expires) * 1_000;
}

/** The link that is held, as long as it opens the same file and has time left: a new one for the same bytes would load them again. */
export function steady(held: string | null, given: string, nowMs: number): string {
  const isSame = held !== null && held.split('?')[0] === given.split('?')[0];
  return isSame && endOf(held) - nowMs > SPARE_MS ? held : given;
}

/** The address of a file, which stays while it is good, though every reading of the bids signs a new one. */
export function useLink(url: string): string {
  const held = useRef<string | null>(null);
  held.current = steady(held.current, pathOf(url), Date.now());
  return held.current;
}

/** The same file, for a sandboxed frame. */
export function framedLink(link: string): string {
  return link.replace(/(?=\?|$)/, '/framed');
}
