import { Alert, Card, Group, Loader, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconNumber1, IconNumber2, IconNumber3 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Shape } from '../../../api/client.ts';
import { CopyLine } from '../../../ui/copy-line.tsx';
import { LinkButton } from '../../../ui/link.tsx';
import { Page } from '../../../ui/page.tsx';
import { ShownOnce } from '../../../ui/secret.tsx';
import { VerifyButton } from '../agent/agent-actions.tsx';
import { agentQuery } from '../agents.queries.ts';
import { readable } from '../readable.ts';

/** After the registration: the secret, and the way to live, of which each step ticks itself off as it happens. */
export function Registered({ made }: { made: Shape<'RegisteredAgent'> }) {
  const { data: agent = made.agent } = useQuery({ ...agentQuery(made.agent.id), initialData: made.agent });
  const verified = agent.endpoint_verified_at !== null;
  const unproven = agent.blockers.find(({ code }) => code === 'ENDPOINT_UNVERIFIED');
  return (
    <Page title={`${agent.name} is registered`} lead={`It is a draft, known as ${agent.slug}.`}>
      <Stack maw={680}>
        <ShownOnce title="Its signing secret" value={made.secret}>
          The agent checks with it that a call is ours, and proves by it that the endpoint is yours.
        </ShownOnce>
        <Step icon={<IconNumber1 size={18} />} title="Start the agent with its secret" isDone={verified}>
          <CopyLine text="BAKEOFF_SECRET=whsec_... npm start" />
          {verified ? (
            <Text size="sm">Its endpoint has proven itself.</Text>
          ) : (
            <Stack gap="xs" align="flex-start">
              <Group gap="xs" role="status">
                <Loader size={14} />
                <Text size="sm">Waiting for the endpoint to prove that it holds the secret.</Text>
              </Group>
              {unproven && (
                <Text size="sm" c="dimmed">
                  {readable(unproven.message)}
                </Text>
              )}
              <VerifyButton agent={agent} />
            </Stack>
          )}
        </Step>
        <Step icon={<IconNumber2 size={18} />} title="Let the doctor look at it" isDone={false}>
          <Text size="sm">It plays the platform at its worst, and says how to mend what it finds.</Text>
          <CopyLine text={`npx @bakeoff/agent-kit doctor ${agent.endpoint_url.replace(/\/execute$/, '')}`} />
        </Step>
        <Step icon={<IconNumber3 size={18} />} title="Have it tested" isDone={agent.active}>
          <Text size="sm">Three drawn tasks for each task type. Once it passes, it is live and is called.</Text>
          <LinkButton to={`/app/agents/${agent.id}/benchmark`} variant="default" size="xs">
            To the benchmark
          </LinkButton>
        </Step>
        <Alert variant="light" color="gray">
          Nothing here is lost when you leave but the secret: the agent's own page says at any time what comes next.
        </Alert>
        <Group>
          <LinkButton to={`/app/agents/${agent.id}`}>To the agent</LinkButton>
        </Group>
      </Stack>
    </Page>
  );
}

interface StepProps {
  icon: ReactNode;
  title: string;
  isDone: boolean;
  children: ReactNode;
}

function Step({ icon, title, isDone, children }: StepProps) {
  return (
    <Card withBorder padding="sm">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <ThemeIcon radius="xl" variant="light" color={isDone ? 'teal' : 'gray'} aria-hidden>
          {isDone ? <IconCheck size={18} /> : icon}
        </ThemeIcon>
        <Stack gap="xs" flex={1} miw={0} align="stretch">
          <Text fw={600} component="h2" size="sm" pt={4}>
            {title}
            {isDone && ' (done)'}
          </Text>
          {children}
        </Stack>
      </Group>
    </Card>
  );
}
