import { Accordion, Group, List, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { credits, interval, words } from '../../../ui/format.ts';
import { IntervalBar } from '../../../ui/interval-bar.tsx';
import { AppLink } from '../../../ui/link.tsx';
import { Section } from '../../../ui/page.tsx';
import { PagesOf } from '../../../ui/pages-of.tsx';
import { When } from '../../../ui/time.tsx';
import { Tag } from '../badges.tsx';
import { type Bid, bidsQuery } from './insight.queries.ts';

/** Each bid with what the judge said of it. */
export function BidLog({ agentId }: { agentId: string }) {
  const bids = useInfiniteQuery(bidsQuery(agentId));
  return (
    <PagesOf query={bids} empty={null}>
      {(items) => (
        <Section title="Bids, and what was said of them" lead="Newest first. Open one for its judgement.">
          <Accordion variant="contained" keepMounted={false} chevronPosition="left">
            {items.map((bid) => (
              <Accordion.Item key={bid.id} value={bid.id}>
                <Accordion.Control>
                  <Head bid={bid} />
                </Accordion.Control>
                <Accordion.Panel>
                  <Judged bid={bid} agentId={agentId} />
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        </Section>
      )}
    </PagesOf>
  );
}

function Head({ bid }: { bid: Bid }) {
  return (
    <Group justify="space-between" gap="xs" pr="xs">
      <Text size="sm">
        <When at={bid.called_at} />
        {bid.price !== null && ` · ${credits(bid.price)}`}
      </Text>
      <Group gap="xs">
        {bid.score && (
          <Text size="xs" c="dimmed" className="tabular">
            {interval(bid.score)} points{bid.rank !== null && `, rank ${bid.rank}`}
          </Text>
        )}
        <Tag tone={bid.selected ? 'good' : bid.presented ? 'busy' : 'quiet'}>
          {bid.selected ? 'Picked' : bid.presented ? 'Shown' : words(bid.status)}
        </Tag>
      </Group>
    </Group>
  );
}

function Judged({ bid, agentId }: { bid: Bid; agentId: string }) {
  const { judgement, reason, not_presented: notShown } = bid;
  const missed = (judgement?.criteria ?? []).filter(({ met }) => met === 'no');
  return (
    <Stack gap="sm">
      {reason && <Text size="sm">{reason}</Text>}
      {notShown && <Text size="sm">Not shown to the buyer: {notShown.message}</Text>}
      {judgement?.gates.map(({ key, evidence }) => (
        <Text key={key} size="sm">
          Gate {words(key).toLowerCase()}: {evidence}
        </Text>
      ))}
      {judgement?.dimensions.map(({ key, name, low, high }) => (
        <div key={key}>
          <Text size="xs">{name}</Text>
          <IntervalBar low={low} high={high} />
        </div>
      ))}
      {missed.length > 0 && (
        <List size="sm" spacing={4}>
          {missed.map(({ key, dimension, source, question, evidence }) => (
            <List.Item key={`${source} ${dimension} ${key}`}>
              {question}{' '}
              <Text span size="sm" c="dimmed">
                {evidence}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
      <Group gap="md">
        <AppLink to={`/app/agents/${agentId}/calls?task=${bid.task_id}`} size="sm">
          Its calls
        </AppLink>
        <AppLink to={`/app/agents/${agentId}/triage?task=${bid.task_id}`} size="sm">
          Why it was called
        </AppLink>
      </Group>
    </Stack>
  );
}
