import { Card, Group, Stack, Text } from '@mantine/core';
import { Coded } from '../../../ui/coded.tsx';
import { whole, words } from '../../../ui/format.ts';
import { AppLink } from '../../../ui/link.tsx';
import { Section } from '../../../ui/page.tsx';
import { useAgent } from '../agent/use-agent.ts';
import type { Insight } from './insight.queries.ts';

/** What was lost before a buyer saw it, and what to change. */
export function Failures({ insight: { failures, bids } }: { insight: Insight }) {
  const agent = useAgent();
  const unseen = Object.entries(bids.not_presented);
  if (failures.causes.length === 0 && unseen.length === 0) return null;
  return (
    <Section
      title="What was lost"
      lead={`${whole(failures.late)} late, ${whole(failures.failed)} failed, ${whole(failures.invalid)} invalid.`}
      actions={
        <AppLink to={`/app/agents/${agent.id}/calls?outcome=failed`} size="sm">
          Failed calls
        </AppLink>
      }
    >
      <Card withBorder padding="sm">
        <Stack gap="sm">
          {failures.causes.map(({ cause, count, fix }) => (
            <Item key={cause} name={words(cause)} count={count}>
              {fix && <Coded text={fix} />}
            </Item>
          ))}
          {unseen.map(([reason, count]) => (
            <Item key={reason} name={`Not shown: ${words(reason).toLowerCase()}`} count={count}>
              It was judged, and the buyer did not see it.
            </Item>
          ))}
        </Stack>
      </Card>
    </Section>
  );
}

function Item({ name, count, children }: { name: string; count: number; children: React.ReactNode }) {
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="sm" className="tabular">
          {whole(count)} ×
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {children}
      </Text>
    </div>
  );
}
