import '@mantine/charts/styles.css';
import { BarChart, LineChart } from '@mantine/charts';
import { Card } from '@mantine/core';
import { ChartFigure } from '../../ui/chart-figure.tsx';
import type { Day } from './admin.queries.ts';

export interface Series {
  name: string;
  color: string;
  of: (day: Day) => number | null;
}

interface Props {
  title: string;
  /** What is counted, and by which day. */
  lead: string;
  /** Counts as bars or lines; levels are lines that can't be added up. */
  kind: 'bars' | 'lines' | 'levels';
  days: readonly Day[];
  series: readonly Series[];
  format: (value: number) => string;
}

const HEIGHT = 220;
const SHORT_DATE = new Intl.DateTimeFormat(navigator.language, { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** Numbers day by day, with what they come to in all. */
export function DayChart({ title, lead, kind, days, series, format }: Props) {
  const label = ({ date }: Day) => SHORT_DATE.format(new Date(date));
  const shown = (value: number | null) => (value === null ? '–' : format(value));
  return (
    <Card withBorder padding="sm">
      <ChartFigure
        title={title}
        summary={`${lead} In all: ${series.map((one) => summary(one, days, kind, format)).join(', ')}.`}
        columns={['Day', ...series.map(({ name }) => name)]}
        rows={days.toReversed().map((day) => [label(day), ...series.map(({ of }) => shown(of(day)))])}
      >
        <Drawing kind={kind} series={series} format={format} data={days.map((day) => row(label(day), day, series))} />
      </ChartFigure>
    </Card>
  );
}

interface DrawingProps extends Pick<Props, 'kind' | 'series' | 'format'> {
  data: Record<string, string | number | null>[];
}

function Drawing({ kind, series, format, data }: DrawingProps) {
  const shared = {
    h: HEIGHT,
    data,
    dataKey: 'day',
    series: series.map(({ name, color }) => ({ name, color })),
    valueFormatter: format,
    withLegend: true,
    legendProps: { verticalAlign: 'bottom' as const },
    tickLine: 'none' as const,
    yAxisProps: { width: 72, allowDecimals: false },
    // Nothing in a drawing that is hidden from screen readers may take the focus.
    accessibilityLayer: false,
  };
  if (kind !== 'bars') return <LineChart {...shared} curveType="linear" connectNulls={false} />;
  return <BarChart {...shared} type="stacked" maxBarWidth={28} />;
}

function row(day: string, values: Day, series: readonly Series[]) {
  return { day, ...Object.fromEntries(series.map(({ name, of }) => [name, of(values)])) };
}

/** `12 posted`, or for what can't be added up `call p50 at most 3 s`. */
function summary({ name, of }: Series, days: readonly Day[], kind: Props['kind'], format: Props['format']): string {
  const values = days.map(of).filter((value) => value !== null);
  const said = name.toLowerCase();
  if (values.length === 0) return `${said} not seen`;
  if (kind === 'levels') return `${said} at most ${format(Math.max(...values))}`;
  return `${format(values.reduce((sum, value) => sum + value, 0))} ${said}`;
}
