import { Card, Group, Loader, Stack, Text, ThemeIcon } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ApiError, api, dataOf, type Shape } from '../../../api/client.ts';
import { Coded } from '../../../ui/coded.tsx';
import { words } from '../../../ui/format.ts';

type Check = Shape<'EndpointCheck'>;

/** The server looks once typing rests: each look is a request to somebody's machine. */
const QUIET_MS = 900;
const STILL_GOOD_MS = 60_000;

/** What the server finds at the address, while one types it. It keeps nothing from being registered. */
export function EndpointCheck({ url }: { url: string }) {
  const [rested] = useDebouncedValue(url.trim(), QUIET_MS);
  const isAddress = URL.parse(rested)?.protocol.startsWith('http') === true;
  const check = useQuery({
    queryKey: ['endpoint-check', rested],
    enabled: isAddress,
    staleTime: STILL_GOOD_MS,
    retry: false,
    queryFn: ({ signal }): Promise<Check> =>
      dataOf(api.POST('/agents/check-endpoint', { body: { endpoint_url: rested }, signal })),
  });
  if (!isAddress) return null;
  return (
    <Card withBorder padding="xs" role="status" aria-label="What is at the endpoint">
      {check.isPending && (
        <Group gap="xs">
          <Loader size={14} />
          <Text size="sm">Looking at it.</Text>
        </Group>
      )}
      {check.error && (
        <Text size="sm">
          {check.error.message} {check.error instanceof ApiError && check.error.suggestion}
        </Text>
      )}
      {check.data && <Findings check={check.data} />}
    </Card>
  );
}

const LOOK = {
  passed: ['teal', IconCheck],
  warned: ['yellow', IconAlertTriangle],
  failed: ['red', IconX],
  skipped: ['gray', IconMinus],
} as const;

function Findings({ check: { checks } }: { check: Check }) {
  return (
    <Stack gap={6}>
      {checks.map(({ key, title, status, seen, fix }) => {
        const [color, Icon] = LOOK[status];
        return (
          <Group key={key} gap="xs" wrap="nowrap" align="flex-start">
            <ThemeIcon size="xs" radius="xl" variant="light" color={color} role="img" aria-label={words(status)} mt={3}>
              <Icon size={11} />
            </ThemeIcon>
            <div style={{ minWidth: 0 }}>
              <Text size="sm">{title}</Text>
              {status !== 'passed' && (
                <Text size="xs" c="dimmed">
                  {seen} {fix && <Coded text={fix} />}
                </Text>
              )}
            </div>
          </Group>
        );
      })}
    </Stack>
  );
}
