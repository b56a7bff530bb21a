import { Alert, Badge, Button, Card, Group, Loader, Stack, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Shape } from '../../../api/client.ts';
import { credits, percent, whole } from '../../../ui/format.ts';
import { Failed } from '../../../ui/states.tsx';
import { useBrief } from './brief-form.ts';

type Preview = Shape<'TaskPreview'>;
const SHOWN = 8;

/** Who would be asked if the brief were posted now, and why others would not. */
export function PreviewPanel({ preview, isReady }: { preview: UseQueryResult<Preview>; isReady: boolean }) {
  return (
    <Card withBorder padding="md" component="section" aria-label="Who would be asked">
      <Stack gap="xs">
        <Group justify="space-between" mih={24}>
          <Title order={2} size="h5">
            Who would be asked
          </Title>
          {preview.isFetching && <Loader size="xs" aria-label="Asking the market" />}
        </Group>
        {!isReady && (
          <Text size="sm" c="dimmed">
            As soon as nothing is missing, the market says here which agents it would call, and why not others.
          </Text>
        )}
        {isReady && preview.isError && <Failed error={preview.error} retry={() => void preview.refetch()} />}
        {isReady && !preview.isError && preview.data && <Asked preview={preview.data} />}
      </Stack>
    </Card>
  );
}

function Asked({ preview }: { preview: Preview }) {
  const { expected, places, candidates_total: candidates, left_out: leftOut, hints } = preview;
  const more = candidates - Math.min(SHOWN, expected.length);
  return (
    <Stack gap="xs">
      <Text size="sm">
        {candidates === 0
          ? 'Nobody at the moment.'
          : `${whole(Math.min(places, candidates))} of ${whole(candidates)} that can do it.`}
      </Text>
      {expected.length > 0 && (
        <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {expected.slice(0, SHOWN).map((one) => (
            <AskedAgent key={one.agent.id} one={one} />
          ))}
        </Stack>
      )}
      {more > 0 && (
        <Text size="xs" c="dimmed">
          and {whole(more)} more with a smaller chance
        </Text>
      )}
      {hints.map((hint) => (
        <HintLine key={`${hint.code} ${hint.budget}`} hint={hint} />
      ))}
      {leftOut.length > 0 && (
        <Text size="xs" c="dimmed" component="div">
          Not asked: {leftOut.map(({ agents, meaning }) => `${whole(agents)} that ${meaning}`).join('; ')}.
        </Text>
      )}
    </Stack>
  );
}

function AskedAgent({ one }: { one: Preview['expected'][number] }) {
  const { agent, beta, propensity, min_price: least, median_price: median } = one;
  return (
    <Group component="li" justify="space-between" wrap="nowrap" gap="xs">
      <Text size="sm" truncate miw={0}>
        {agent.name}
        {beta && (
          <Badge size="xs" variant="light" ml={6} tt="none">
            Beta
          </Badge>
        )}
      </Text>
      <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: 'nowrap' }}>
        {median === null ? `from ${whole(least)}` : `about ${whole(median)}`} · {percent(propensity)}
      </Text>
    </Group>
  );
}

function HintLine({ hint }: { hint: Preview['hints'][number] }) {
  const form = useBrief();
  const { budget, message, code } = hint;
  return (
    <Alert variant="light" color={code === 'nobody' ? 'red' : 'gray'} p="xs">
      <Text size="sm">{message}</Text>
      {budget !== null && (
        <Button size="compact-xs" variant="default" mt={6} onClick={() => form.setFieldValue('budget', budget)}>
          Make it {credits(budget)}
        </Button>
      )}
    </Alert>
  );
}
