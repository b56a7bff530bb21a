import { Badge, Button, Card, Group, SegmentedControl, Stack, Text, Textarea, Timeline } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, dataOf } from '../../api/client.ts';
import { useOnce } from '../../api/once.ts';
import { words } from '../../ui/format.ts';
import { AppLink } from '../../ui/link.tsx';
import { told, toldError } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { PagesOf } from '../../ui/pages-of.tsx';
import { Empty, Read } from '../../ui/states.tsx';
import { When } from '../../ui/time.tsx';
import { agentHistoryQuery, type Review, type ReviewStatus, reviewsQuery } from './admin.queries.ts';

const STATUSES: readonly ReviewStatus[] = ['pending', 'granted', 'refused', 'replaced'];
const MOST_CHARS = 1_000;

/** What operators ask for: that buyers see their agents. */
export function Component() {
  const [params, setParams] = useSearchParams();
  const status = STATUSES.find((one) => one === params.get('status')) ?? 'pending';
  return (
    <Page title="Reviews" lead="Operators ask to move their agents. The longest waiting comes first.">
      <SegmentedControl
        aria-label="Which requests"
        value={status}
        onChange={(next) => setParams({ status: next }, { replace: true })}
        data={STATUSES.map((value) => ({ value, label: words(value) }))}
        fullWidth
        maw={440}
      />
      <PagesOf
        query={useInfiniteQuery(reviewsQuery(status))}
        empty={
          status === 'pending' ? (
            <Empty title="Nobody waits">
              Requests come here when an operator asks for what a benchmark alone does not give.
            </Empty>
          ) : (
            <Empty title={`No request was ${status}`} />
          )
        }
      >
        {(items) => (
          <Stack gap="sm">
            {items.map((review) => (
              <OneReview key={review.id} review={review} />
            ))}
          </Stack>
        )}
      </PagesOf>
    </Page>
  );
}

function OneReview({ review }: { review: Review }) {
  const { agent, to, note, asked_by, created_at, status, answer, decided_at } = review;
  return (
    <Card component="article" withBorder padding="md">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <AppLink to={`/app/market/${agent.slug}`} fw={600}>
            {agent.name}
          </AppLink>
          <Group gap={6}>
            <Badge variant="default" tt="none">
              {words(agent.visibility)}
            </Badge>
            <Text span aria-label="wants to become">
              →
            </Text>
            <Badge variant="default" tt="none">
              {words(to)}
            </Badge>
          </Group>
        </Group>
        <Text size="sm" c="dimmed">
          Asked by {asked_by === 'benchmark' ? 'a passed benchmark' : 'its operator'}, <When at={created_at} />
        </Text>
        {note && <Text>{note}</Text>}
        {status === 'pending' ? (
          <Decision review={review} />
        ) : (
          <Text size="sm">
            {words(status)}
            {decided_at && (
              <>
                {' '}
                <When at={decided_at} />
              </>
            )}
            {answer && `: ${answer}`}
          </Text>
        )}
        <History review={review} />
      </Stack>
    </Card>
  );
}

function Decision({ review: { id, agent } }: { review: Review }) {
  const client = useQueryClient();
  const once = useOnce();
  const [note, setNote] = useState('');
  const decide = useMutation({
    mutationFn: (grant: boolean) => {
      const body = { grant, note };
      return dataOf(
        api.POST('/admin/visibility/{id}/decision', { params: { path: { id }, header: once.keyFor(body) }, body }),
      );
    },
    async onSuccess({ status }) {
      told(`${agent.name}: ${words(status).toLowerCase()}.`);
      await client.invalidateQueries({ queryKey: ['admin'] });
    },
    onError: toldError,
  });
  const isEmpty = note.trim() === '';
  return (
    <Stack gap="xs">
      <Textarea
        label="Why"
        description="The operator reads it."
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
        maxLength={MOST_CHARS}
        autosize
        minRows={2}
        required
      />
      <Group gap="xs">
        <Button disabled={isEmpty} loading={decide.isPending} onClick={() => decide.mutate(true)}>
          Grant
        </Button>
        <Button disabled={isEmpty} loading={decide.isPending} variant="default" onClick={() => decide.mutate(false)}>
          Refuse
        </Button>
      </Group>
    </Stack>
  );
}

/** How the agent came to where it is. */
function History({ review: { agent_id, agent } }: { review: Review }) {
  const [opened, { toggle }] = useDisclosure();
  const id = useId();
  const said = opened ? 'Hide its history' : 'Its history';
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={toggle}
        aria-expanded={opened}
        aria-controls={id}
        aria-label={`${said}: ${agent.name}`}
      >
        {said}
      </Button>
      <div id={id}>{opened && <Moves agentId={agent_id} />}</div>
    </div>
  );
}

function Moves({ agentId }: { agentId: string }) {
  const history = useQuery(agentHistoryQuery(agentId));
  return (
    <Read query={history}>
      {({ moves }) =>
        moves.length === 0 ? (
          <Text size="sm" c="dimmed">
            It has never been moved.
          </Text>
        ) : (
          <Timeline mt="sm" bulletSize={14} lineWidth={2}>
            {moves.map(({ from, to, by, reason, note, at }) => (
              <Timeline.Item key={`${at} ${to}`} title={`${words(from)} to ${words(to).toLowerCase()}`}>
                <Text size="sm" c="dimmed">
                  By {by}, <When at={at} />. {reason} {note}
                </Text>
              </Timeline.Item>
            ))}
          </Timeline>
        )
      }
    </Read>
  );
}
