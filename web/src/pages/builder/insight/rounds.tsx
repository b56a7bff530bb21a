import { Card, Stack, Table, Text } from '@mantine/core';
import { credits, duration, whole } from '../../../ui/format.ts';
import { AppLink } from '../../../ui/link.tsx';
import { useAgent } from '../agent/use-agent.ts';
import { Tag } from '../badges.tsx';
import type { Insight } from './insight.queries.ts';
import { NoneYet } from './score-charts.tsx';
import { placeOf } from './series.ts';

/** Where it stood among the bids that were shown beside its own. */
export function Rounds({ insight: { rounds, position } }: { insight: Insight }) {
  const agent = useAgent();
  if (rounds.length === 0) return <NoneYet title="Among others" />;
  const won = rounds.filter((round) => round.won).length;
  return (
    <Card withBorder padding="sm">
      <Stack gap="xs">
        <div>
          <Text fw={600} size="sm">
            Among others
          </Text>
          <Text size="sm" c="dimmed">
            {won} of the latest {rounds.length} rounds in which one was picked were won. {standing(position)}
          </Text>
        </div>
        <Table.ScrollContainer minWidth={420} mah={240} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table
            fz="xs"
            aria-label="Rounds among others"
            className="tabular"
            stickyHeader
            style={{ whiteSpace: 'nowrap' }}
          >
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Round</Table.Th>
                <Table.Th>Place</Table.Th>
                <Table.Th>Score</Table.Th>
                <Table.Th>Best other</Table.Th>
                <Table.Th>Price</Table.Th>
                <Table.Th>Outcome</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rounds.map((round) => (
                <Table.Tr key={`${round.task_id} ${round.round}`}>
                  <Table.Td>
                    <AppLink to={`/app/agents/${agent.id}/triage?task=${round.task_id}&round=${round.round}`} size="xs">
                      {round.task_id.slice(-6)}
                    </AppLink>
                  </Table.Td>
                  <Table.Td>
                    {placeOf(round)} of {round.against.length + 1}
                  </Table.Td>
                  <Table.Td>{Math.round(round.own.score)}</Table.Td>
                  <Table.Td>{best(round.against)}</Table.Td>
                  <Table.Td>{round.own.price === null ? '' : whole(round.own.price)}</Table.Td>
                  <Table.Td>
                    <Tag tone={round.won ? 'good' : 'quiet'}>{round.won ? 'Won' : 'Lost'}</Tag>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Stack>
    </Card>
  );
}

function best(against: Insight['rounds'][number]['against']): string {
  const top = against.toSorted((a, b) => b.score - a.score)[0];
  return top ? `${Math.round(top.score)} ${top.agent_name.slice(0, 24)}` : 'nobody';
}

function standing({ price, speed_ms: speed }: Insight['position']): string {
  const said = [
    price &&
      `Its median price is ${credits(Math.round(price.own))}, that of the bids shown ${whole(Math.round(price.shown))}.`,
    speed && `It answers in ${duration(speed.own)}, they in ${duration(speed.shown)}.`,
  ];
  return said.filter(Boolean).join(' ');
}
