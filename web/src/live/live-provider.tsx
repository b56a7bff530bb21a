import { useDebouncedValue, useDocumentVisibility } from '@mantine/hooks';
import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type PropsWithChildren,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useMe } from '../session/session.queries.ts';
import { isTold, staleAfter } from './stale.ts';
import type { LiveEvent, LiveState, StreamListener } from './stream.ts';

type OnEvent = (event: LiveEvent) => void;

interface Live {
  readonly state: LiveState;
  readonly listen: (onEvent: OnEvent) => () => void;
}

const LiveContext = createContext<Live>({ state: 'connecting', listen: () => () => {} });

/** A browser has few connections for a server: tabs that nobody looks at give theirs back after a while. */
const UNSEEN_MS = 30_000;

/**
 * One stream a tab that somebody looks at, whatever the page shows. Once it is there, at first and after each gap, what is on the
 * screen is read again: of what happened before, nobody told.
 */
export function LiveProvider({ children }: PropsWithChildren) {
  const client = useQueryClient();
  const accountId = useMe()?.id ?? null;
  const [state, setState] = useState<LiveState>('connecting');
  const listeners = useRef(new Set<OnEvent>());
  const hasGap = useRef(true);
  const isSeen = useIsSeen();

  useEffect(() => {
    if (accountId === null || !isSeen) return;
    const close = opened({
      onState(next) {
        if (next === 'live' && hasGap.current) readAgain(client);
        if (next !== 'connecting') hasGap.current = next === 'away';
        setState(next);
      },
      onEvent(event) {
        for (const queryKey of staleAfter(event)) void client.invalidateQueries({ queryKey });
        for (const onEvent of listeners.current) onEvent(event);
      },
    });
    return () => {
      close();
      hasGap.current = true;
    };
  }, [accountId, client, isSeen]);

  const live = useMemo<Live>(
    () => ({
      state,
      listen(onEvent) {
        listeners.current.add(onEvent);
        return () => listeners.current.delete(onEvent);
      },
    }),
    [state],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** A first reading that is under way would be taken for an answer of now: it is followed by another. */
function readAgain(client: QueryClient): void {
  const isFirst = (query: Query) => isTold(query) && query.state.data === undefined;
  const first = client.getQueryCache().findAll({ fetchStatus: 'fetching', predicate: isFirst });
  void client.invalidateQueries({ predicate: isTold });
  for (const { promise, queryKey } of first)
    void promise?.then(
      () => client.invalidateQueries({ queryKey, exact: true }),
      () => {}, // it says so itself, and is read again by hand
    );
}

/** False once the tab has been in the background for a while; true as soon as it is back. */
function useIsSeen(): boolean {
  const now = useDocumentVisibility();
  const [before] = useDebouncedValue(now, UNSEEN_MS);
  return now === 'visible' || before === 'visible';
}

/** Opens the stream once its code is here: a visitor's first page does without. @returns what ends it, then or before */
function opened(listener: StreamListener): () => void {
  let close: (() => void) | null = () => {};
  void import('./stream.ts').then(({ openStream }) => {
    if (close) close = openStream(listener);
  });
  return () => {
    close?.();
    close = null;
  };
}

export function useLiveState(): LiveState {
  return useContext(LiveContext).state;
}

/** Calls back with each event of the account while the component is there: for what should be shown as it happens. */
export function useLiveEvents(onEvent: OnEvent): void {
  const { listen } = useContext(LiveContext);
  const latest = useEffectEvent(onEvent);
  useEffect(() => listen((event) => latest(event)), [listen]);
}
