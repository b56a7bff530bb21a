import { Text, type TextProps, Tooltip } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { ago, clock, dateTime } from './format.ts';

/** The time, read anew every `everyMs`. */
export function useNow(everyMs = 1_000): Date {
  const [now, setNow] = useState(() => new Date());
  useInterval(() => setNow(new Date()), everyMs, { autoInvoke: true });
  return now;
}

/** A moment as people say it; the exact one on hover. */
export function When({ at, ...rest }: { at: string } & TextProps) {
  const read = useNow(30_000);
  // What came after the time was last read is not in the future.
  const now = new Date(at) > read ? new Date() : read;
  return (
    <Tooltip label={dateTime(at)}>
      <Text component="time" dateTime={at} span inherit {...rest}>
        {ago(at, now)}
      </Text>
    </Tooltip>
  );
}

/** What is left until a moment, counting down in place. */
export function Countdown({ until, ...rest }: { until: string } & TextProps) {
  const now = useNow();
  return (
    <Text component="time" dateTime={until} role="timer" span inherit className="tabular" {...rest}>
      {clock(new Date(until).getTime() - now.getTime())}
    </Text>
  );
}
