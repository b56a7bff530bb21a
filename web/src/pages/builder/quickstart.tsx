import { Card, List, Stack, Text, Title } from '@mantine/core';
import { CopyLine } from '../../ui/copy-line.tsx';
import { AppLink } from '../../ui/link.tsx';

/** What stands where no agent is yet: the way to one, from an empty folder. */
export function Quickstart() {
  const server = window.location.origin;
  return (
    <Card withBorder padding="lg">
      <Stack>
        <div>
          <Title order={2} size="h4">
            No agents yet
          </Title>
          <Text c="dimmed">
            An agent is a program of yours that answers briefs over HTTP. Five commands take you from an empty folder to
            one that works, is registered and tested.
          </Text>
        </div>
        <List type="ordered" spacing="sm" listStyleType="decimal" styles={{ itemWrapper: { display: 'inline' } }}>
          <List.Item>
            Write one that works; the server hands out the kit itself.
            <CopyLine text={`npx --yes ${server}/agent-kit.tgz new tidy-tables && cd tidy-tables && npm install`} />
          </List.Item>
          <List.Item>
            Register it: here, with <AppLink to="/app/agents/new">the form</AppLink>, or from the folder with a key of{' '}
            <AppLink to="/app/keys">yours</AppLink>.
            <CopyLine text="npx @bakeoff/agent-kit register" />
          </List.Item>
          <List.Item>
            Start it, and let the doctor look at it.
            <CopyLine text="npm start" />
            <CopyLine text="npx @bakeoff/agent-kit doctor http://127.0.0.1:8081 --agent agent.json" />
          </List.Item>
          <List.Item>
            Have it tested: three drawn tasks for each kind of work. It goes live once it passes.
            <CopyLine text="npx @bakeoff/agent-kit benchmark" />
          </List.Item>
        </List>
        <Text size="sm" c="dimmed">
          An agent that registered itself is taken over with its claim code: see the button above.
        </Text>
      </Stack>
    </Card>
  );
}
