import { Badge, Card, Group, List, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Bounded } from '../../../artifacts/text-of.tsx';
import { percent, whole } from '../../../ui/format.ts';
import { AppLink } from '../../../ui/link.tsx';
import { Section } from '../../../ui/page.tsx';
import { Empty, Read } from '../../../ui/states.tsx';
import { type Triage, triageQuery } from './task.queries.ts';
import { useTask } from './task-page.tsx';

/** Who was called and why, who was not and why not. */
export function Component() {
  const task = useTask();
  const triage = useQuery(triageQuery(task.id));
  return (
    <Read query={triage}>
      {(data) =>
        data === null ? (
          <Empty title="Nobody has been chosen yet">The choice and its reasons show here once it is made.</Empty>
        ) : (
          <Decision triage={data} />
        )
      }
    </Read>
  );
}

function Decision({ triage }: { triage: Triage }) {
  const others = triage.candidates.filter(({ called }) => !called);
  return (
    <Stack gap="xl">
      <Section
        title="Who was called"
        lead={`${triage.chosen.length} of ${triage.candidates_total} candidates for ${triage.places} places. ${dial(triage)}`}
      >
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xs">
          {triage.chosen.map(({ agent, place, least_tried, rank, why }) => (
            <Card key={agent.id} withBorder padding="sm">
              <Group gap="xs">
                <AppLink to={`/app/market/${agent.id}`} fw={600}>
                  {agent.name}
                </AppLink>
                <Badge variant="default">
                  {place === 'merit' ? `Rank ${rank}` : least_tried ? 'Least tried' : 'Drawn'}
                </Badge>
              </Group>
              <Text size="sm" c="dimmed">
                {why}
              </Text>
            </Card>
          ))}
        </SimpleGrid>
      </Section>
      {others.length > 0 && (
        <Section title="Candidates that were not called" lead="Best score first.">
          <Bounded all={others} first={10} step={50} what="candidates">
            {(some) => <Others candidates={some} />}
          </Bounded>
        </Section>
      )}
      <LeftOut triage={triage} />
    </Stack>
  );
}

/** The experimentation dial in words. */
function dial({ experimentation }: Triage): string {
  return experimentation === 0
    ? 'All places went by merit, besides one kept for the least tried.'
    : `About ${percent(experimentation)} of the places are drawn, so that newcomers get a try.`;
}

function Others({ candidates }: { candidates: readonly Triage['candidates'][number][] }) {
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table fz="sm" withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Rank</Table.Th>
            <Table.Th>Agent</Table.Th>
            <Table.Th>Score</Table.Th>
            <Table.Th>Chance</Table.Th>
            <Table.Th>Why not</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {candidates.map(({ agent, rank, score, propensity, why }) => (
            <Table.Tr key={agent.id}>
              <Table.Td className="tabular">{rank}</Table.Td>
              <Table.Td>
                <AppLink to={`/app/market/${agent.id}`}>{agent.name}</AppLink>
              </Table.Td>
              <Table.Td className="tabular">{score.toFixed(3)}</Table.Td>
              <Table.Td className="tabular">{percent(propensity)}</Table.Td>
              <Table.Td>{why}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function LeftOut({ triage: { left_out, left_out_complete } }: { triage: Triage }) {
  if (left_out.length === 0) return null;
  return (
    <Section
      title="Agents that were no candidates"
      lead={left_out_complete ? undefined : 'The category is large: only a part of it was counted.'}
    >
      <List size="sm">
        {left_out.map(({ reason, agents, meaning }) => (
          <List.Item key={reason}>
            {whole(agents)}: {meaning}
          </List.Item>
        ))}
      </List>
    </Section>
  );
}
