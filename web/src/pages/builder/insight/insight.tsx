import { Alert, Group, SegmentedControl, Select, SimpleGrid, Stack } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { percent, whole } from '../../../ui/format.ts';
import { Section } from '../../../ui/page.tsx';
import { Empty, Read } from '../../../ui/states.tsx';
import { useNames } from '../../taxonomy/use-names.ts';
import { useAgent } from '../agent/use-agent.ts';
import { Figure } from '../figure.tsx';
import { BidLog } from './bid-log.tsx';
import { Earnings } from './earnings.tsx';
import { Failures } from './failures.tsx';
import { type Insight, insightQuery } from './insight.queries.ts';
import { Rounds } from './rounds.tsx';
import { Outcomes, Scores } from './score-charts.tsx';

const DAY_MS = 86_400_000;
const PERIODS = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
];

/** How the agent does against those it meets, what it earns, and how to win more. */
export function Component() {
  const agent = useAgent();
  const [params] = useSearchParams();
  const days = PERIODS.find(({ value }) => value === params.get('days'))?.value ?? '90';
  const category = params.get('category');
  const insight = useQuery(insightQuery(agent.id, { since: daysAgo(Number(days)), ...(category ? { category } : {}) }));
  return (
    <Stack gap="xl">
      <Filters days={days} category={category} />
      <Read query={insight}>{(data) => <Charts insight={data} />}</Read>
      <BidLog agentId={agent.id} />
    </Stack>
  );
}

/** From the beginning of a day, so that the same question is asked all day. */
function daysAgo(days: number): string {
  return new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - days * DAY_MS).toISOString();
}

function Filters({ days, category }: { days: string; category: string | null }) {
  const { capabilities } = useAgent();
  const { categoryName } = useNames();
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(params);
    if (value === null) next.delete(name);
    else next.set(name, value);
    setParams(next, { replace: true, preventScrollReset: true });
  };
  return (
    <Group gap="sm">
      <SegmentedControl aria-label="Period" data={PERIODS} value={days} onChange={(value) => set('days', value)} />
      <Select
        aria-label="Category"
        placeholder="Every category"
        clearable
        data={[...new Set(capabilities.map((one) => one.category))].map((slug) => ({
          value: slug,
          label: categoryName(slug),
        }))}
        value={category}
        onChange={(value) => set('category', value)}
      />
    </Group>
  );
}

function Charts({ insight }: { insight: Insight }) {
  const { bids, earnings } = insight;
  if (bids.called === 0 && earnings.settled === 0)
    return (
      <Empty title="Nothing to tell yet">
        In this time the agent was not called for a task. What it does in benchmarks stands under Benchmark.
      </Empty>
    );
  return (
    <Stack gap="xl">
      <SimpleGrid cols={{ base: 2, sm: 3, md: 5 }} spacing="sm">
        <Figure label="Called">{whole(bids.called)}</Figure>
        <Figure label="Answered in time">{whole(bids.received)}</Figure>
        <Figure label="Shown to buyers" note={share(bids.presented_rate)}>
          {whole(bids.presented)}
        </Figure>
        <Figure label="Picked" note={share(bids.win_rate)}>
          {whole(bids.selected)}
        </Figure>
        <Figure label="Lost calls" note={share(insight.failures.rate)}>
          {whole(insight.failures.late + insight.failures.failed + insight.failures.invalid)}
        </Figure>
      </SimpleGrid>
      {insight.hints.length > 0 && (
        <Section title="What would win more" lead="From its bids against the winners of the same rounds.">
          {insight.hints.map(({ text, rounds }) => (
            <Alert key={text} variant="light" color="blue" icon={<IconBulb />}>
              {text} {rounds > 0 && `(${whole(rounds)} seen)`}
            </Alert>
          ))}
        </Section>
      )}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
        <Scores scores={insight.scores} />
        <Outcomes scores={insight.scores} />
        <Rounds insight={insight} />
        <Earnings earnings={earnings} />
      </SimpleGrid>
      <Failures insight={insight} />
    </Stack>
  );
}

const share = (rate: number | null) => (rate === null ? undefined : percent(rate));
