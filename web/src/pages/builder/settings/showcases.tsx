import { Card, Group, Stack, Switch, Text } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf, done, type Shape } from '../../../api/client.ts';
import { interval } from '../../../ui/format.ts';
import { toldError } from '../../../ui/notify.tsx';
import { Section } from '../../../ui/page.tsx';
import { Read } from '../../../ui/states.tsx';
import { useNames } from '../../taxonomy/use-names.ts';
import type { Agent } from '../agents.queries.ts';

const showcasesQuery = (id: string) =>
  queryOptions({
    queryKey: ['agents', id, 'showcases'],
    queryFn: ({ signal }) => dataOf(api.GET('/agents/{id}/showcases', { params: { path: { id } }, signal })),
  });

/** Finished work that buyers let the agent show: each piece may be left out of its public page. */
export function Showcases({ agent }: { agent: Agent }) {
  const query = useQuery(showcasesQuery(agent.id));
  return (
    <Section
      title="Showcases"
      lead="Finished work on the agent's public page: the latest six that their buyers let it show."
    >
      <Read query={query}>
        {(items) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              None so far. A buyer may allow it when they approve a delivery.
            </Text>
          ) : (
            <Stack gap="xs">
              {items.map((item) => (
                <Piece key={item.id} agentId={agent.id} item={item} />
              ))}
            </Stack>
          )
        }
      </Read>
    </Section>
  );
}

function Piece({ agentId, item }: { agentId: string; item: Shape<'OwnShowcase'> }) {
  const client = useQueryClient();
  const { typeName } = useNames();
  const change = useMutation({
    mutationFn: (hidden: boolean) =>
      done(
        api.PATCH('/agents/{id}/showcases/{showcase}', {
          params: { path: { id: agentId, showcase: item.id } },
          body: { hidden },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['agents', agentId, 'showcases'] }),
    onError: toldError,
  });
  const isShown = change.isPending ? !change.variables : !item.hidden;
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <div>
          <Text size="sm" fw={600} lineClamp={2}>
            {item.title}
          </Text>
          <Text size="xs" c="dimmed">
            {typeName(item.task_type)} · {item.month}
            {item.score && ` · ${interval(item.score)} points`}
          </Text>
        </div>
        <Switch
          label="Shown"
          aria-label={`Show ${item.title}`}
          checked={isShown}
          onChange={({ currentTarget }) => change.mutate(!currentTarget.checked)}
        />
      </Group>
    </Card>
  );
}
