import { ColorSwatch, Group, Progress, Stack, Text } from '@mantine/core';
import { duration } from './format.ts';
import { PHASES, type Phase, type Timed, waterfall } from './waterfall.ts';

const COLOR: Record<Phase, string> = { connect: 'grape.6', wait: 'blue.6', receive: 'teal.6', work: 'yellow.6' };
const NAME: Record<Phase, string> = {
  connect: 'connect',
  wait: 'wait for the first byte',
  receive: 'receive',
  work: 'work until the callback',
};

/** Each attempt as a bar on one axis of time; the same in words beside it. */
export function WaterfallChart({ attempts, endAt }: { attempts: readonly Timed[]; endAt: Date }) {
  if (attempts.length === 0) return null;
  const { spanMs, bars } = waterfall(attempts, endAt);
  const shown = PHASES.filter((phase) => bars.some(({ parts }) => parts.some((part) => part.phase === phase)));
  return (
    <Stack gap="xs">
      {bars.map(({ attempt, from, parts }) => (
        <div key={attempt}>
          <Group justify="space-between" gap="xs">
            <Text size="xs">Attempt {attempt}</Text>
            <Text size="xs" c="dimmed" className="tabular">
              {parts.map(({ phase, ms }) => `${NAME[phase]} ${duration(ms)}`).join(' · ')}
            </Text>
          </Group>
          <Progress.Root size={14} radius="xs" aria-hidden>
            <Progress.Section value={from} color="transparent" withAria={false} />
            {parts.map(({ phase, share }) => (
              <Progress.Section key={phase} value={Math.max(share, 0.4)} color={COLOR[phase]} withAria={false} />
            ))}
          </Progress.Root>
        </div>
      ))}
      <Group justify="space-between" gap="xs">
        <Group gap="sm">
          {shown.map((phase) => (
            <Group key={phase} gap={4}>
              <ColorSwatch size={10} color={`var(--mantine-color-${COLOR[phase].replace('.', '-')})`} aria-hidden />
              <Text size="xs" c="dimmed">
                {NAME[phase]}
              </Text>
            </Group>
          ))}
        </Group>
        <Text size="xs" c="dimmed" className="tabular">
          0 to {duration(spanMs)}
        </Text>
      </Group>
    </Stack>
  );
}
