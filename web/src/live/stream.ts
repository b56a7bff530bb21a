import { createEventSource } from 'eventsource-client';
import type { Shape } from '../api/client.ts';

export type LiveEvent = Shape<'Event'>;
export type LiveState = 'connecting' | 'live' | 'away';

export interface StreamListener {
  onEvent(event: LiveEvent): void;
  onState(state: LiveState): void;
}

/**
 * The account's events from now on. The stream comes back by itself and goes on from the last event that it saw, so that
 * nothing in between is missed.
 *
 * @returns what ends it
 */
export function openStream({ onEvent, onState }: StreamListener): () => void {
  onState('connecting');
  const source = createEventSource({
    url: '/events?after=latest',
    credentials: 'same-origin',
    onConnect: () => onState('live'),
    onDisconnect: () => onState('away'),
    onScheduleReconnect: () => onState('away'),
    onMessage: ({ data }) => {
      const event = parsed(data);
      if (event) onEvent(event);
    },
  });
  return () => source.close();
}

function parsed(data: string): LiveEvent | null {
  try {
    return JSON.parse(data) as LiveEvent; // our own server's words, typed by its openapi.json
  } catch {
    return null;
  }
}
