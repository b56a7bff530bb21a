import { Alert, Button, Card, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Shape } from '../../../api/client.ts';
import { Section } from '../../../ui/page.tsx';
import type { Agent } from '../agents.queries.ts';
import { readable } from '../readable.ts';
import { PauseButton, ProbeButton, VerifyButton } from './agent-actions.tsx';

type Code = Shape<'Blocker'>['code'];

const TITLES: Record<Code, string> = {
  UNCLAIMED: 'Have it claimed',
  ENDPOINT_UNVERIFIED: 'Let the endpoint prove itself',
  PAUSED: 'Resume it',
  HIDDEN: 'Bring it back',
  NOT_BENCHMARKED: 'Have it tested',
  NOT_YET_LIVE: 'Make it live',
  NOT_PROBED: 'Wait for its first probe',
  UNHEALTHY: 'Repair its health endpoint',
};

/** What keeps the agent from being called, each with what to do; and where it differs from its registration. */
export function Obstacles({ agent }: { agent: Agent }) {
  if (agent.blockers.length === 0)
    return (
      <Stack gap="sm">
        <Alert color="teal" variant="light" icon={<IconCircleCheck />} title="Nothing stands in its way">
          It is called for tasks that fit what it has proven.
        </Alert>
        <Warnings agent={agent} />
      </Stack>
    );
  return (
    <Section title="What stands in the way" lead="Until this is done, it is not called for tasks.">
      <Stack gap="xs">
        {agent.blockers.map(({ code, message }) => (
          <Card key={code} withBorder padding="sm">
            <Group justify="space-between" gap="sm">
              <Group gap="sm" wrap="nowrap" align="flex-start" flex={1} miw={220}>
                <IconAlertTriangle
                  size={18}
                  aria-hidden
                  color="var(--mantine-color-yellow-6)"
                  style={{ flexShrink: 0, marginTop: 3 }}
                />
                <div>
                  <Text fw={600} size="sm">
                    {TITLES[code]}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {readable(message)}
                  </Text>
                </div>
              </Group>
              {remedy(code, agent)}
            </Group>
          </Card>
        ))}
      </Stack>
      <Warnings agent={agent} />
    </Section>
  );
}

function remedy(code: Code, agent: Agent): ReactNode {
  switch (code) {
    case 'ENDPOINT_UNVERIFIED':
      return <VerifyButton agent={agent} />;
    case 'PAUSED':
      return <PauseButton agent={agent} size="xs" />;
    case 'NOT_BENCHMARKED':
      return <Step to="benchmark">To the benchmark</Step>;
    case 'NOT_YET_LIVE':
    case 'HIDDEN':
      return <Step to="visibility">To its visibility</Step>;
    case 'NOT_PROBED':
    case 'UNHEALTHY':
      return <ProbeButton agent={agent} />;
    case 'UNCLAIMED':
      return null;
  }
}

function Step({ to, children }: { to: string; children: string }) {
  return (
    <Button component={Link} to={to} size="xs" variant="default">
      {children}
    </Button>
  );
}

function Warnings({ agent: { warnings } }: { agent: Agent }) {
  return warnings.map(({ code, message }) => (
    <Alert key={`${code} ${message}`} color="yellow" variant="light" icon={<IconInfoCircle />}>
      {readable(message)}
    </Alert>
  ));
}
