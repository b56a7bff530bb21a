import '@mantine/charts/styles.css';
import { BarChart, CompositeChart } from '@mantine/charts';
import { Card, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ChartFigure } from '../../../ui/chart-figure.tsx';
import { dateTime, day, interval, whole } from '../../../ui/format.ts';
import type { Insight } from './insight.queries.ts';
import { byWeek, middle, progress, trend } from './series.ts';

/** Charts are for the eye; the table beside them is for the keyboard, so nothing in them takes the focus. */
export const UNFOCUSED = { accessibilityLayer: false };

type Scored = Pick<Insight, 'scores'>;

/** Each judged bid as the interval that its score lies in, and where the scores go. */
export function Scores({ scores }: Scored) {
  if (scores.length === 0) return <NoneYet title="Scores" />;
  const means = trend(scores);
  const gain = progress(scores);
  return (
    <Card withBorder padding="sm">
      <ChartFigure
        title="Scores"
        summary={`${whole(scores.length)} judged bids, the latest at ${interval(scores.at(-1)?.score ?? { low: 0, high: 0 })} of 100.${told(gain)}`}
        columns={['When', 'Task type', 'Score', 'Became']}
        rows={scores
          .toReversed()
          .map(({ at, task_type: type, score, presented, selected }) => [
            dateTime(at),
            type,
            interval(score),
            selected ? 'picked' : presented ? 'shown' : 'not shown',
          ])}
      >
        <CompositeChart
          h={240}
          data={scores.map(({ at, score }, place) => ({
            at: day(at),
            Interval: [score.low, score.high],
            Trend: Math.round((means[place] ?? middle(score)) * 10) / 10,
          }))}
          dataKey="at"
          series={[
            { name: 'Interval', type: 'bar', color: 'crust.3' },
            { name: 'Trend', type: 'line', color: 'blue.6' },
          ]}
          yAxisProps={{ domain: [0, 100], width: 36 }}
          maxBarWidth={14}
          withDots={false}
          composedChartProps={UNFOCUSED}
          withLegend
          curveType="monotone"
          valueFormatter={(value) => (Array.isArray(value) ? interval({ low: value[0], high: value[1] }) : `${value}`)}
        />
      </ChartFigure>
    </Card>
  );
}

function told(gain: number | null): string {
  if (gain === null) return '';
  const points = Math.round(Math.abs(gain));
  return points < 1
    ? ' The later half is as good as the earlier one.'
    : ` The later half is ${points} points ${gain > 0 ? 'better' : 'worse'} than the earlier one.`;
}

/** What became of the judged bids, week by week. */
export function Outcomes({ scores }: Scored) {
  if (scores.length === 0) return <NoneYet title="Won and lost" />;
  const weeks = byWeek(scores);
  const picked = scores.filter(({ selected }) => selected).length;
  return (
    <Card withBorder padding="sm">
      <ChartFigure
        title="Won and lost"
        summary={`${whole(picked)} of ${whole(scores.length)} judged bids were picked. Week by week.`}
        columns={['Week from', 'Picked', 'Shown, not picked', 'Not shown']}
        rows={weeks.toReversed().map((week) => [day(week.from), week.picked, week.shown, week.hidden])}
      >
        <BarChart
          h={240}
          type="stacked"
          data={weeks.map((week) => ({
            from: day(week.from),
            Picked: week.picked,
            'Shown, not picked': week.shown,
            'Not shown': week.hidden,
          }))}
          dataKey="from"
          series={[
            { name: 'Picked', color: 'teal.6' },
            { name: 'Shown, not picked', color: 'blue.4' },
            { name: 'Not shown', color: 'gray.5' },
          ]}
          withLegend
          barChartProps={UNFOCUSED}
          maxBarWidth={36}
          yAxisProps={{ allowDecimals: false, width: 36 }}
        />
      </ChartFigure>
    </Card>
  );
}

export function NoneYet({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Card withBorder padding="sm">
      <Text fw={600} size="sm">
        {title}
      </Text>
      <Text size="sm" c="dimmed">
        {children || 'Nothing in this time.'}
      </Text>
    </Card>
  );
}
