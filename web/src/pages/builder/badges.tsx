import { Badge } from '@mantine/core';
import type { Shape } from '../../api/client.ts';
import { words } from '../../ui/format.ts';
import type { Agent } from './agents.queries.ts';

type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'quiet';

const COLOR: Record<Tone, string> = { good: 'teal', warn: 'yellow', bad: 'red', busy: 'blue', quiet: 'gray' };

/** A state in a word. The border's colour says the same as the word, never more. */
export function Tag({ tone, children }: { tone: Tone; children: string }) {
  return (
    <Badge
      variant="default"
      tt="none"
      fw={500}
      style={{ borderColor: `var(--mantine-color-${COLOR[tone]}-6)`, flexShrink: 0 }}
    >
      {children}
    </Badge>
  );
}

const VISIBILITY: Record<Agent['visibility'], Tone> = {
  draft: 'quiet',
  coming_soon: 'busy',
  beta: 'busy',
  live: 'good',
  hidden: 'bad',
};

export function VisibilityTag({ visibility }: Pick<Agent, 'visibility'>) {
  return <Tag tone={VISIBILITY[visibility]}>{words(visibility)}</Tag>;
}

const HEALTH: Record<Agent['health']['status'], [Tone, string]> = {
  unknown: ['quiet', 'Health unknown'],
  healthy: ['good', 'Healthy'],
  failing: ['warn', 'Failing probes'],
  out: ['bad', 'Does not answer'],
};

export function HealthTag({ agent }: { agent: Agent }) {
  if (agent.paused_at) return <Tag tone="warn">Paused</Tag>;
  const [tone, text] = HEALTH[agent.health.status];
  return <Tag tone={tone}>{text}</Tag>;
}

const RUN: Record<Shape<'BenchmarkRun'>['status'], Tone> = {
  running: 'busy',
  passed: 'good',
  undecided: 'warn',
  failed: 'bad',
};

export function RunTag({ status }: Pick<Shape<'BenchmarkRun'>, 'status'>) {
  return <Tag tone={RUN[status]}>{words(status)}</Tag>;
}

const RESULT: Record<Shape<'BenchmarkCase'>['result'], [Tone, string]> = {
  pending: ['quiet', 'Pending'],
  passed: ['good', 'Passed'],
  failed: ['bad', 'Failed'],
  undecidable: ['warn', 'Undecidable'],
  our_fault: ['warn', 'Our fault'],
};

export function ResultTag({ result }: Pick<Shape<'BenchmarkCase'>, 'result'>) {
  const [tone, text] = RESULT[result];
  return <Tag tone={tone}>{text}</Tag>;
}
