import { Badge, Card, Code, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import { whole } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Empty, Read } from '../../ui/states.tsx';
import { type Setting, settingsQuery } from './admin.queries.ts';

/** Every setting as it is in force. */
export function Component() {
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const onlyChanged = params.get('changed') === 'yes';
  const deferred = useDeferredValue(search);
  const change = (next: Record<string, string>) => {
    const all = { search, changed: onlyChanged ? 'yes' : '', ...next };
    setParams(
      Object.entries(all).filter(([, value]) => value !== ''),
      { replace: true },
    );
  };
  return (
    <Page
      title="Settings"
      lead="As they are in force in the process that answered. They are set in its environment, and secrets are never shown."
    >
      <Group align="center">
        <TextInput
          aria-label="Search settings"
          placeholder="Name, value or words"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={({ currentTarget }) => change({ search: currentTarget.value })}
          flex={1}
          maw={420}
        />
        <Switch
          label="Only what was changed"
          checked={onlyChanged}
          onChange={({ currentTarget }) => change({ changed: currentTarget.checked ? 'yes' : '' })}
        />
      </Group>
      <Read query={useQuery(settingsQuery)}>
        {({ settings, version }) => {
          const found = settings.filter((one) => (one.changed || !onlyChanged) && says(one, deferred));
          return (
            <Stack gap="xs">
              <Text size="sm" c="dimmed" role="status">
                Version {version}. {whole(found.length)} of {whole(settings.length)} settings.
              </Text>
              {found.length === 0 && (
                <Empty title="No such setting">Search for other words, or show all of them.</Empty>
              )}
              {found.map((one) => (
                <OneSetting key={one.name} setting={one} />
              ))}
            </Stack>
          );
        }}
      </Read>
    </Page>
  );
}

function says({ name, value, doc }: Setting, search: string): boolean {
  const text = `${name} ${shown(value)} ${doc}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const shown = (value: Setting['value']) => (value === null || value === '' ? 'not set' : String(value));

function OneSetting({ setting: { name, value, default: usual, doc, secret, changed } }: { setting: Setting }) {
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text ff="monospace" fw={600} size="sm">
            {name}
          </Text>
          {changed && (
            <Badge variant="outline" c="inherit" tt="none">
              Changed
            </Badge>
          )}
          {secret && (
            <Badge variant="default" tt="none">
              Secret
            </Badge>
          )}
        </Group>
        <Code>{shown(value)}</Code>
      </Group>
      <Text size="sm" c="dimmed">
        {doc}
        {changed && !secret && ` By default: ${shown(usual)}.`}
      </Text>
    </Card>
  );
}
