import '@mantine/charts/styles.css';
import { BarChart, LineChart } from '@mantine/charts';
import { Box, Card, Text, Title } from '@mantine/core';
import type { Day } from './admin.queries.ts';
import { Grid } from './grid.tsx';

export interface Series {
  name: string;
  color: string;
  of: (day: Day) => number | null;
}

interface Props {
  title: string;
  /** What is counted, and by which day. */
  lead: string;
  kind: 'bars' | 'lines';
  days: readonly Day[];
  series: readonly Series[];
  format: (value: number) => string;
  /** The same numbers as a table, for whoever would rather read. */
  asTable: boolean;
}

const HEIGHT = 220;
const SHORT_DATE = new Intl.DateTimeFormat(navigator.language, { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** Numbers day by day. Whoever can't see the drawing hears its sums and can have the table. */
export function DayChart({ title, lead, kind, days, series, format, asTable }: Props) {
  const label = ({ date }: Day) => SHORT_DATE.format(new Date(date));
  const shown = (value: number | null) => (value === null ? '–' : format(value));
  return (
    <Card component="section" withBorder padding="sm">
      <Title order={3} size="h5">
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {lead}
      </Text>
      {asTable ? (
        <Grid
          label={title}
          rows={days.toReversed()}
          keyOf={({ date }) => date}
          minWidth={420}
          columns={[
            { head: 'Day', cell: label },
            ...series.map(({ name, of }) => ({
              head: name,
              number: true as const,
              cell: (day: Day) => shown(of(day)),
            })),
          ]}
        />
      ) : (
        <Box role="img" aria-label={`${title}. ${series.map((one) => summary(one, days, kind, format)).join(', ')}.`}>
          <Drawing kind={kind} series={series} format={format} data={days.map((day) => row(label(day), day, series))} />
        </Box>
      )}
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
    // The drawing is one picture with a name; its table is what is walked through.
    accessibilityLayer: false,
  };
  if (kind === 'lines') return <LineChart {...shared} curveType="linear" connectNulls={false} />;
  return <BarChart {...shared} type="stacked" maxBarWidth={28} />;
}

function row(day: string, values: Day, series: readonly Series[]) {
  return { day, ...Object.fromEntries(series.map(({ name, of }) => [name, of(values)])) };
}

/** `Posted: 12 in all`, or for what can't be added up `p50: 3 s at most`. */
function summary({ name, of }: Series, days: readonly Day[], kind: Props['kind'], format: Props['format']): string {
  const values = days.map(of).filter((value) => value !== null);
  if (values.length === 0) return `${name}: nothing`;
  if (kind === 'lines') return `${name}: ${format(Math.max(...values))} at most`;
  return `${name}: ${format(values.reduce((sum, value) => sum + value, 0))} in all`;
}
