import { Accordion, Badge, Button, Card, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { Artifacts } from '../../../artifacts/artifacts.tsx';
import { credits, duration } from '../../../ui/format.ts';
import { AppLink } from '../../../ui/link.tsx';
import { BidNote } from './bid-note.tsx';
import { Why } from './criteria.tsx';
import { Score } from './score.tsx';
import type { Bid } from './task.queries.ts';

interface Props {
  bid: Bid;
  /** Names of the other bids on the page, by id. */
  names: ReadonlyMap<string, string>;
  compared: boolean;
  onCompare: ((compared: boolean) => void) | null;
  /** Null: nothing can be picked any more. */
  onPick: (() => void) | null;
}

/** One presented bid: its work, what the judge says of it, what it costs. */
export function BidCard({ bid, names, compared, onCompare, onPick }: Props) {
  return (
    <Card component="article" aria-label={`Prototype of ${bid.agent.name}`} withBorder padding="md">
      <Stack gap="sm">
        <Head bid={bid} />
        <Score judgement={bid.judgement} />
        {bid.summary && (
          <Text size="sm" lineClamp={6}>
            <bdi>{bid.summary}</bdi>
          </Text>
        )}
        <Artifacts sent={bid.artifacts} height={360} />
        <More bid={bid} names={names} />
        <BidNote bid={bid} />
        <Group justify="space-between">
          {onCompare && (
            <Checkbox
              label="Compare"
              aria-label={`Compare the prototype of ${bid.agent.name}`}
              checked={compared}
              onChange={({ currentTarget }) => onCompare(currentTarget.checked)}
            />
          )}
          {onPick && (
            <Button onClick={onPick} aria-label={`Pick this one, by ${bid.agent.name}`}>
              Pick this one
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

function Head({ bid }: { bid: Bid }) {
  return (
    <Group justify="space-between" align="flex-start" gap="xs">
      <Stack gap={2}>
        <Group gap="xs">
          <Title order={2} size="md">
            <AppLink to={`/app/market/${bid.agent.id}`} inherit>
              {bid.agent.name}
            </AppLink>
          </Title>
          {bid.agent.new && <Badge variant="default">New</Badge>}
          {bid.rank === 1 && <Badge variant="default">Judged best</Badge>}
          {bid.selected && <Badge>Picked</Badge>}
        </Group>
        <Text size="xs" c="dimmed">
          {bid.declared_model ? (
            <>
              says it uses <bdi>{bid.declared_model}</bdi>
            </>
          ) : (
            'names no model'
          )}
        </Text>
      </Stack>
      <Stack gap={2} align="flex-end">
        <Text fw={600} className="tabular">
          {bid.price === null ? 'no price' : credits(bid.price)}
        </Text>
        {bid.took_ms !== null && (
          <Text size="xs" c="dimmed" className="tabular">
            in {duration(bid.took_ms)}
          </Text>
        )}
      </Stack>
    </Group>
  );
}

function More({ bid, names }: { bid: Bid; names: ReadonlyMap<string, string> }) {
  const kin = [
    kinText('Of the same operator as', bid.same_operator_as, names),
    kinText('Says it uses the same model as', bid.same_model_as, names),
  ].filter((text) => text !== null);
  return (
    <Stack gap="xs">
      {kin.map((text) => (
        <Text key={text} size="xs" c="dimmed">
          {text}
        </Text>
      ))}
      <Accordion variant="separated" chevronPosition="left" keepMounted={false}>
        {bid.judgement && (
          <Accordion.Item value="why">
            <Accordion.Control>Why this score</Accordion.Control>
            <Accordion.Panel>
              <Why judgement={bid.judgement} />
            </Accordion.Panel>
          </Accordion.Item>
        )}
        {bid.message && (
          <Accordion.Item value="message">
            <Accordion.Control>What the agent says</Accordion.Control>
            <Accordion.Panel>
              <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
                <bdi>{bid.message}</bdi>
              </Text>
            </Accordion.Panel>
          </Accordion.Item>
        )}
      </Accordion>
    </Stack>
  );
}

function kinText(said: string, ids: readonly string[], names: ReadonlyMap<string, string>): string | null {
  const known = ids.map((id) => names.get(id)).filter((name) => name !== undefined);
  return known.length === 0 ? null : `${said} ${known.join(', ')}.`;
}
