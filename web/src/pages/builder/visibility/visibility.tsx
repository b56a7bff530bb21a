import { Button, Card, Group, Stack, Text, Timeline } from '@mantine/core';
import { modals } from '@mantine/modals';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf, type Shape } from '../../../api/client.ts';
import { words } from '../../../ui/format.ts';
import { Section } from '../../../ui/page.tsx';
import { Read } from '../../../ui/states.tsx';
import { When } from '../../../ui/time.tsx';
import { useAgent } from '../agent/use-agent.ts';
import { Tag, VisibilityTag } from '../badges.tsx';
import { MEANINGS } from './meanings.ts';
import { MoveForm } from './move-form.tsx';

type Visibility = Shape<'AgentVisibility'>;

const visibilityQuery = (id: string) =>
  queryOptions({
    queryKey: ['agents', id, 'visibility'],
    queryFn: ({ signal }) => dataOf(api.GET('/agents/{id}/visibility', { params: { path: { id } }, signal })),
  });

/** Where the agent can be seen, where it may go, what was asked for and how it came there. */
export function Component() {
  const agent = useAgent();
  const query = useQuery(visibilityQuery(agent.id));
  return (
    <Read query={query}>
      {(data) => (
        <Stack gap="xl">
          <Now visibility={data} />
          <Request request={data.request} />
          <History moves={data.moves} />
        </Stack>
      )}
    </Read>
  );
}

function Now({ visibility }: { visibility: Visibility }) {
  const { agent_id: id, visibility: now, may } = visibility;
  const ask = (to: Visibility['visibility'], how: 'now' | 'request') =>
    modals.open({
      title: how === 'now' ? `Move it to ${words(to).toLowerCase()}` : `Ask for ${words(to).toLowerCase()}`,
      children: <MoveForm agentId={id} from={now} to={to} how={how} />,
    });
  return (
    <Section title="Where it is" actions={<VisibilityTag visibility={now} />} lead={MEANINGS[now]}>
      {may.length === 0 && (
        <Text size="sm" c="dimmed">
          There is nowhere that you may move it to. A passed benchmark makes it live.
        </Text>
      )}
      {may.map(({ to, how }) => (
        <Card key={to} withBorder padding="sm">
          <Group justify="space-between" gap="sm">
            <div style={{ flex: 1, minWidth: 200 }}>
              <Text size="sm" fw={600}>
                {words(to)}
              </Text>
              <Text size="sm" c="dimmed">
                {MEANINGS[to]} {how === 'now' ? 'It moves at once.' : 'An admin looks at it first.'}
              </Text>
            </div>
            <Button size="xs" variant="default" onClick={() => ask(to, how)}>
              {how === 'now' ? `Move to ${words(to).toLowerCase()}` : `Ask for ${words(to).toLowerCase()}`}
            </Button>
          </Group>
        </Card>
      ))}
    </Section>
  );
}

const REQUEST = { pending: 'busy', granted: 'good', refused: 'bad', replaced: 'quiet' } as const;

function Request({ request }: Pick<Visibility, 'request'>) {
  if (!request) return null;
  return (
    <Section title="The newest request" actions={<Tag tone={REQUEST[request.status]}>{words(request.status)}</Tag>}>
      <Card withBorder padding="sm">
        <Text size="sm">
          {request.asked_by === 'operator' ? 'You asked' : 'The benchmark asked'} for {words(request.to).toLowerCase()},{' '}
          <When at={request.created_at} />.
        </Text>
        {request.note && (
          <Text size="sm" c="dimmed">
            “{request.note}”
          </Text>
        )}
        {request.answer && <Text size="sm">The answer: {request.answer}</Text>}
        {request.status === 'replaced' && (
          <Text size="sm" c="dimmed">
            Another request, or a move, came before an answer.
          </Text>
        )}
      </Card>
    </Section>
  );
}

function History({ moves }: Pick<Visibility, 'moves'>) {
  return (
    <Section title="How it came there">
      <Card withBorder padding="sm">
        {moves.length === 0 && (
          <Text size="sm" c="dimmed">
            It was never moved.
          </Text>
        )}
        <Timeline bulletSize={12} lineWidth={2} active={-1}>
          {moves.map(({ at, from, to, by, reason, note }) => (
            <Timeline.Item
              key={`${at} ${to}`}
              pb="xs"
              title={
                <Text size="sm">
                  {words(from)} to {words(to).toLowerCase()}, by the {by}
                </Text>
              }
            >
              <Text size="xs" c="dimmed">
                <When at={at} /> · {reason}
                {note && ` “${note}”`}
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
      </Card>
    </Section>
  );
}
