import { Button, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { bytes } from '../ui/format.ts';
import { Failed, Loading } from '../ui/states.tsx';
import type { Sent } from './kind.ts';
import { MOST_TEXT, TooLong, useText } from './text.queries.ts';

/** A file's text, or why it is not there: the grey lines, too long, empty, refused. */
export function TextOf({ sent, children }: { sent: Sent; children: (text: string) => ReactNode }) {
  const text = useText(sent);
  if (sent.size > MOST_TEXT || text.error instanceof TooLong) return <TooLarge size={sent.size} />;
  if (text.isError) return <Failed error={text.error} retry={() => void text.refetch()} />;
  if (text.data === undefined) return <Loading rows={4} height={18} />;
  if (text.data.trim() === '') return <Note>This file is empty.</Note>;
  return children(text.data);
}

export function TooLarge({ size, what = 'file' }: { size: number; what?: string }) {
  return (
    <Note>
      This {what} is too large to show here ({bytes(size)}). Download it to look at it.
    </Note>
  );
}

export function Note({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed" p="sm">
      {children}
    </Text>
  );
}

/** The beginning of something long, and a button for more of it. */
export function Bounded<Item>({
  all,
  first,
  step = first,
  what,
  children,
}: {
  all: readonly Item[];
  first: number;
  step?: number;
  /** What they are called: `rows`. */
  what: string;
  children: (shown: readonly Item[]) => ReactNode;
}) {
  const [count, setCount] = useState(first);
  const left = all.length - count;
  return (
    <Stack gap="xs" align="stretch">
      {children(all.slice(0, count))}
      {left > 0 && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => setCount(count + step)}
          style={{ alignSelf: 'start' }}
        >
          Show {Math.min(step, left).toLocaleString()} more of {left.toLocaleString()} {what}
        </Button>
      )}
    </Stack>
  );
}
