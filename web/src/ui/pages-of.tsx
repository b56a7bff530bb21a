import { Button, Center, Stack } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failed, Loading } from './states.tsx';

export interface PageOf<Item> {
  items: Item[];
  next: string | null;
}

/** For `useInfiniteQuery`: where a list begins and how it goes on. */
export const BY_CURSOR = {
  initialPageParam: null as string | null,
  getNextPageParam: <Item,>({ next }: PageOf<Item>) => next,
};

interface Props<Item> {
  query: UseInfiniteQueryResult<InfiniteData<PageOf<Item>>>;
  empty: ReactNode;
  children: (items: Item[]) => ReactNode;
}

/** A list that is read page by page: all that was read so far, and a button for more. */
export function PagesOf<Item>({ query, empty, children }: Props<Item>) {
  if (!query.data)
    return query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : <Loading />;
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return empty;
  return (
    <Stack>
      {children(items)}
      {query.hasNextPage && (
        <Center>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </Center>
      )}
    </Stack>
  );
}
