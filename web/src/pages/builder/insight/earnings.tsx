import { BarChart } from '@mantine/charts';
import { Card } from '@mantine/core';
import { ChartFigure } from '../../../ui/chart-figure.tsx';
import { credits, whole } from '../../../ui/format.ts';
import type { Insight } from './insight.queries.ts';
import { NoneYet, UNFOCUSED } from './score-charts.tsx';

/** What was paid, month by month, after the fee. */
export function Earnings({ earnings }: Pick<Insight, 'earnings'>) {
  const { settled, pending, by_month: months } = earnings;
  const waits = pending > 0 ? `${credits(pending)} more if open tasks are approved` : null;
  if (months.length === 0) return <NoneYet title="Earnings">{waits && `Nothing yet; ${waits}.`}</NoneYet>;
  return (
    <Card withBorder padding="sm">
      <ChartFigure
        title="Earnings"
        summary={`${credits(settled)} paid after the fee${waits ? `; ${waits}` : ''}.`}
        columns={['Month', 'Credits', 'Tasks']}
        rows={months.map(({ month, credits: amount, tasks }) => [month, whole(amount), whole(tasks)])}
      >
        <BarChart
          h={240}
          data={months.toReversed().map(({ month, credits: amount }) => ({ month, Credits: amount }))}
          dataKey="month"
          series={[{ name: 'Credits', color: 'teal.6' }]}
          maxBarWidth={36}
          barChartProps={UNFOCUSED}
          valueFormatter={whole}
          yAxisProps={{ width: 56 }}
        />
      </ChartFigure>
    </Card>
  );
}
