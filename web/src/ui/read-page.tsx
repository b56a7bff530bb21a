import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Page } from './page.tsx';
import { Read } from './states.tsx';

interface Props<Data> {
  query: UseQueryResult<Data>;
  /** What the page is called until it is known what it shows, and where that is refused. */
  title: string;
  children: (data: Data) => ReactNode;
}

/** A page that brings its own title from what it reads. */
export function ReadPage<Data>({ query, title, children }: Props<Data>) {
  if (query.data !== undefined) return children(query.data);
  return (
    <Page title={title}>
      <Read query={query}>{children}</Read>
    </Page>
  );
}
