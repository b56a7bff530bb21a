import { useRef } from 'react';

/**
 * An Idempotency-Key that stays the same while the same thing is sent again (a double click, a retry after the connection
 * broke) and changes with what is sent. After success call `done`, so that the next press is a new wish.
 */
export function useOnce(): { keyFor: (body?: unknown) => { 'Idempotency-Key': string }; done: () => void } {
  const last = useRef<{ body: string; key: string } | null>(null);
  return {
    keyFor(body) {
      const text = JSON.stringify(body ?? null);
      if (last.current?.body !== text) last.current = { body: text, key: crypto.randomUUID() };
      return { 'Idempotency-Key': last.current.key };
    },
    done() {
      last.current = null;
    },
  };
}
