import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateTime, duration } from '../../ui/format.ts';
import { Tag } from './badges.tsx';

interface Attempt {
  readonly attempt: number;
  readonly started_at: string;
  readonly total_ms: number | null;
  readonly response?: { readonly status?: number | null } | null;
}

/** The line of one attempt: which, when, how long, what was answered, and what came of it. */
export function AttemptHead({ attempt, children }: { attempt: Attempt; children: ReactNode }) {
  const status = attempt.response?.status;
  return (
    <Group justify="space-between" gap="xs" pr="xs">
      <Text size="sm">
        Attempt {attempt.attempt}{' '}
        <Text span size="xs" c="dimmed">
          {dateTime(attempt.started_at)}
          {attempt.total_ms !== null && ` · ${duration(attempt.total_ms)}`}
        </Text>
      </Text>
      <Group gap={6}>
        {status != null && <Tag tone="quiet">{`HTTP ${status}`}</Tag>}
        {children}
      </Group>
    </Group>
  );
}
