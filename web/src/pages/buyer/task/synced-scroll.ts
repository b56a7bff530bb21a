import { type RefCallback, useCallback, useRef } from 'react';

/** Where somebody is in something that scrolls, as a share of its way: 0 at the top, 1 at the end. */
export function shareOf({
  scrollTop,
  scrollHeight,
  clientHeight,
}: Pick<HTMLElement, 'scrollTop' | 'scrollHeight' | 'clientHeight'>): number {
  const way = scrollHeight - clientHeight;
  return way <= 0 ? 0 : Math.min(1, Math.max(0, scrollTop / way));
}

/**
 * Parts that scroll together, each by its share of the way, so that the ends of a short and of a long text meet.
 *
 * @returns what each part takes as its `ref`
 */
export function useSyncedScroll(together: boolean): RefCallback<HTMLElement> {
  const parts = useRef(new Set<HTMLElement>());
  /** Where we put a part: the event that this causes must not move the others again. */
  const put = useRef(new WeakMap<HTMLElement, number>());
  const isOn = useRef(together);
  isOn.current = together;
  return useCallback((part) => {
    if (!part) return;
    const onScroll = () => {
      const ours = put.current.get(part);
      put.current.delete(part);
      if (!isOn.current || (ours !== undefined && Math.abs(ours - part.scrollTop) <= 1)) return;
      const share = shareOf(part);
      for (const other of parts.current) if (other !== part) moveTo(other, share, put.current);
    };
    parts.current.add(part);
    part.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      parts.current.delete(part);
      part.removeEventListener('scroll', onScroll);
    };
  }, []);
}

function moveTo(part: HTMLElement, share: number, put: WeakMap<HTMLElement, number>): void {
  const top = Math.round(share * (part.scrollHeight - part.clientHeight));
  if (Math.abs(top - part.scrollTop) < 1) return; // no event would come
  put.set(part, top);
  part.scrollTop = top;
}
