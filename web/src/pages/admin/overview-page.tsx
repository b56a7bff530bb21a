import { SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { credits, duration, whole, words } from '../../ui/format.ts';
import { Page, Section } from '../../ui/page.tsx';
import { Empty, Loading, Read } from '../../ui/states.tsx';
import { type Day, type Overview, overviewQuery } from './admin.queries.ts';
import { DayChart, type Series } from './day-chart.tsx';
import { type Fact, Facts } from './facts.tsx';
import { Grid } from './grid.tsx';

const RANGES = ['7', '14', '30', '90'];

/** How the market does. */
export function Component() {
  const [params, setParams] = useSearchParams();
  const asked = params.get('days') ?? '';
  const days = RANGES.includes(asked) ? asked : '14';
  const overview = useQuery({ ...overviewQuery(Number(days)), placeholderData: keepPreviousData });
  return (
    <Page title="Overview" lead="How the market does. Days are of UTC; today is not over.">
      <Read query={overview} loading={<Loading rows={6} height={120} />}>
        {(data) => (
          <Stack gap="lg">
            <Section title="Now">
              <Facts facts={factsOf(data.now)} />
            </Section>
            <Section
              title="Day by day"
              actions={
                <SegmentedControl
                  aria-label="How many days"
                  value={days}
                  onChange={(next) => setParams({ days: next }, { replace: true })}
                  data={RANGES.map((value) => ({ value, label: `${value} days` }))}
                  size="xs"
                />
              }
            >
              <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
                {CHARTS.map((chart) => (
                  <DayChart key={chart.title} {...chart} days={data.days} />
                ))}
              </SimpleGrid>
            </Section>
            <Failures failures={data.failures} />
          </Stack>
        )}
      </Read>
    </Page>
  );
}

const count = (name: string, color: string, of: Series['of']): Series => ({ name, color, of });
const p = (what: 'call_ms' | 'gallery_ms', percentile: 'p50' | 'p95') => (day: Day) => day[what]?.[percentile] ?? null;

const CHARTS = [
  {
    title: 'Tasks',
    lead: 'Posted, and how tasks ended, each by its day.',
    kind: 'lines',
    format: whole,
    series: [
      count('Posted', 'blue.6', ({ tasks }) => tasks.posted),
      count('Completed', 'teal.7', ({ tasks }) => tasks.completed),
      count('Expired', 'gray.6', ({ tasks }) => tasks.expired),
      count('Cancelled', 'yellow.7', ({ tasks }) => tasks.cancelled),
      count('Refunded', 'red.7', ({ tasks }) => tasks.refunded),
    ],
  },
  {
    title: 'Bids',
    lead: 'What came of the calls, by the day of the call.',
    kind: 'bars',
    format: whole,
    series: [
      count('Received', 'teal.7', ({ bids }) => bids.received),
      count('Declined', 'gray.6', ({ bids }) => bids.declined),
      count('Failed', 'red.7', ({ bids }) => bids.failed),
      count('Late', 'orange.7', ({ bids }) => bids.late),
      count('Invalid', 'grape.7', ({ bids }) => bids.invalid),
      count('Not called', 'blue.6', ({ bids }) => bids.not_called),
    ],
  },
  {
    title: 'Latency',
    lead: 'From the call to the bid, and from the post to the gallery: half are faster than p50, 19 of 20 than p95.',
    kind: 'levels',
    format: duration,
    series: [
      count('Call p50', 'blue.6', p('call_ms', 'p50')),
      count('Call p95', 'blue.3', p('call_ms', 'p95')),
      count('Gallery p50', 'grape.6', p('gallery_ms', 'p50')),
      count('Gallery p95', 'grape.3', p('gallery_ms', 'p95')),
    ],
  },
  {
    title: 'Credits',
    lead: 'Of settled tasks what operators got and the fees, and what went back to buyers, in credits.',
    kind: 'bars',
    format: whole,
    series: [
      count('To operators', 'teal.7', (day) => day.credits.settled - day.credits.fees),
      count('Fees', 'blue.6', (day) => day.credits.fees),
      count('Refunded', 'gray.6', (day) => day.credits.refunded),
    ],
  },
] as const;

function factsOf({ open_tasks, agents, accounts, credits: held }: Overview['now']): Fact[] {
  const some = (counts: Record<string, number>) =>
    Object.entries(counts)
      .filter(([, number]) => number > 0)
      .map(([name, number]) => `${whole(number)} ${words(name).toLowerCase()}`)
      .join(', ') || 'none';
  const open = Object.values(open_tasks).reduce((sum, number) => sum + number, 0);
  return [
    { label: 'Open tasks', value: whole(open), note: some(open_tasks) },
    { label: 'Agents', value: whole(agents.total), note: some(agents.by_visibility) },
    {
      label: 'Health',
      value: whole(agents.by_health.healthy),
      note: `of beta and live: ${some(agents.by_health)}; ${whole(agents.paused)} paused`,
    },
    { label: 'Accounts', value: whole(accounts) },
    { label: 'Issued', value: credits(held.issued), note: 'All of it is in one of the other three.' },
    {
      label: 'In wallets',
      value: credits(held.available_gift + held.available_earned),
      note: `${whole(held.available_gift)} gift, ${whole(held.available_earned)} earned`,
    },
    {
      label: 'In escrow',
      value: credits(held.escrow_gift + held.escrow_earned),
      note: `${whole(held.escrow_gift)} gift, ${whole(held.escrow_earned)} earned`,
    },
    { label: 'Fees taken', value: credits(held.fees) },
  ];
}

function Failures({ failures }: Pick<Overview, 'failures'>) {
  return (
    <Section title="Why bids came to nothing" lead="The commonest reasons of this time, each with one example.">
      {failures.length === 0 ? (
        <Empty title="No bid failed">Every agent that was called answered or declined.</Empty>
      ) : (
        <Grid
          label="Failures"
          rows={failures}
          keyOf={({ reason }) => reason}
          columns={[
            { head: 'Reason', cell: ({ reason }) => words(reason) },
            { head: 'Bids', number: true, cell: ({ bids }) => whole(bids) },
            {
              head: 'For example',
              cell: ({ example }) => (
                <Text size="sm" c="dimmed" lineClamp={2}>
                  {example}
                </Text>
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}
