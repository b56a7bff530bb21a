import type { EventView } from './event.schema.js';

/** How long a browser waits before it comes back, in ms. */
const RETRY_MS = 2_000;

/**
 * The first lines of a stream. The id alone fires no event, but a browser that loses the connection before its first one
 * comes back with it, so nothing in between is missed.
 */
export function openingFrame(cursor: string): string {
  return `retry: ${RETRY_MS}\n${markFrame(cursor)}`;
}

/** Nothing happened, and this is how far that goes. */
export function markFrame(cursor: string): string {
  return `id: ${cursor}\n\n`;
}

/** JSON has no line breaks of its own, so one `data` line holds it; a type with one would begin a new field. */
export function eventFrame(event: EventView): string {
  return `id: ${event.id}\nevent: ${event.type.replace(/[\r\n]/g, ' ')}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** A comment: keeps proxies from closing a quiet stream. */
export const HEARTBEAT = ': still here\n\n';

/** Whether the caller asked for a stream; without a word about it the answer is JSON. */
export function wantsStream(accept: string | undefined): boolean {
  return /(^|,)\s*text\/event-stream\s*(;|,|$)/i.test(accept ?? '');
}
