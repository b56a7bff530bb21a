import { Card, Group, Stack, Text } from '@mantine/core';
import { AppLink } from '../../../ui/link.tsx';
import { useNames } from '../../taxonomy/use-names.ts';
import type { Agent } from '../agents.queries.ts';
import { Tag } from '../badges.tsx';

/** What an agent declares, and what of it is proven. */
export function CapabilityList({ capabilities }: Pick<Agent, 'capabilities'>) {
  const { nameOf } = useNames();
  return (
    <Card withBorder padding="sm">
      <Stack gap="xs">
        {capabilities.map((capability) => {
          const { category, task_type: type, specialist, passed_at: passedAt } = capability;
          const name = nameOf(capability);
          return (
            <Group key={`${category}/${type}`} justify="space-between" gap="xs">
              {type ? (
                <AppLink to={`/app/task-types/${category}/${type}`} size="sm">
                  {name}
                </AppLink>
              ) : (
                <Text size="sm">{name}</Text>
              )}
              <Group gap={6}>
                {specialist && <Tag tone="busy">Specialist</Tag>}
                <Tag tone={passedAt ? 'good' : 'quiet'}>{passedAt ? 'Proven' : 'Not proven yet'}</Tag>
              </Group>
            </Group>
          );
        })}
      </Stack>
    </Card>
  );
}
