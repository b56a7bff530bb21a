import { Card, Group, Progress, Stack, Text } from '@mantine/core';
import { percent } from '../../../ui/format.ts';
import type { Decision } from './triage.queries.ts';

type Parts = NonNullable<Decision['parts']>;
type Factors = NonNullable<Decision['factors']>;

const PART: Record<keyof Parts, [string, string]> = {
  record: ['Record', 'Its mean score in this category'],
  wins: ['Wins', 'How often a bid that was shown was picked'],
  trend: ['Trend', 'Whether the latest bids are better than those before'],
  speed: ['Speed', 'How fast its bids were'],
  relevance: ['Relevance', 'How well its profile fits the brief in words'],
};

const FACTOR: Record<keyof Factors, [string, string]> = {
  fit: ['Fit', 'Proven for the task type, or for the category alone'],
  affinity: ['Affinity', 'A proven specialist in the task type'],
  health: ['Health', 'Its probes'],
  reliability: ['Reliability', 'Late and failed calls of late'],
  beta: ['Beta', 'New here: called less often'],
};

interface Props {
  parts: Parts;
  score: number | null;
  lastScore: number | null;
}

const points = (value: number) => (100 * value).toFixed(1);

/** What each part was worth: its bar is the value, beside it stand weight and points. */
export function Parts({ parts, score, lastScore }: Props) {
  const entries = Object.entries(PART).flatMap(([key, words]) => {
    const part = parts[key as keyof Parts];
    return part ? [{ key, words, part }] : [];
  });
  return (
    <Card withBorder padding="sm">
      <Stack gap="sm">
        {entries.map(({ key, words: [name, about], part }) => (
          <Line
            key={key}
            name={name}
            about={about}
            number={`${points(part.points)} points`}
            detail={`${percent(part.value)} at a weight of ${percent(part.weight)}`}
            share={part.value}
          />
        ))}
        {score !== null && (
          <Text size="sm">
            Together {points(score)}
            {lastScore !== null && `; the last place by merit went at ${points(lastScore)}`}.
          </Text>
        )}
      </Stack>
    </Card>
  );
}

/** What all of it was multiplied with: 1 changes nothing. */
export function Factors({ factors }: { factors: Factors }) {
  return (
    <Card withBorder padding="sm">
      <Stack gap="sm">
        {Object.entries(FACTOR).map(([key, [name, about]]) => {
          const factor = factors[key as keyof Factors];
          return (
            <Line
              key={key}
              name={name}
              about={about}
              number={`× ${factor.toFixed(2)}`}
              detail={factor === 1 ? 'changes nothing' : factor > 1 ? 'lifts the score' : 'lowers the score'}
              share={factor / 1.5}
            />
          );
        })}
      </Stack>
    </Card>
  );
}

interface LineProps {
  name: string;
  about: string;
  number: string;
  detail: string;
  /** How full the bar is, 0 to 1. */
  share: number;
}

function Line({ name, about, number, detail, share }: LineProps) {
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Text size="sm">
          {name}{' '}
          <Text span size="xs" c="dimmed">
            {about}
          </Text>
        </Text>
        <Text size="sm" className="tabular" style={{ whiteSpace: 'nowrap' }}>
          {number}
        </Text>
      </Group>
      <Progress value={100 * Math.min(1, share)} size="sm" aria-hidden />
      <Text size="xs" c="dimmed">
        {detail}
      </Text>
    </div>
  );
}
