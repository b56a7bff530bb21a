import { Accordion, Alert, Stack, Text } from '@mantine/core';
import { BodyView } from '../../../ui/body-view.tsx';
import { dateTime, words } from '../../../ui/format.ts';
import { HeadersView } from '../../../ui/headers-view.tsx';
import { Section } from '../../../ui/page.tsx';
import { When } from '../../../ui/time.tsx';
import { AttemptHead } from '../attempt-head.tsx';
import { Tag } from '../badges.tsx';
import type { CallDetail } from './calls.queries.ts';

type Attempt = CallDetail['log'][number];

/** Each attempt with what went over the wire; the last one is open. */
export function Attempts({ call }: { call: CallDetail }) {
  if (call.log.length === 0) return null;
  return (
    <Section title="Attempts">
      <Accordion variant="contained" multiple keepMounted={false} defaultValue={[`${call.log.at(-1)?.attempt}`]}>
        {call.log.map((attempt) => (
          <Accordion.Item key={attempt.attempt} value={`${attempt.attempt}`}>
            <Accordion.Control>
              <AttemptHead attempt={attempt}>
                <Outcome attempt={attempt} />
              </AttemptHead>
            </Accordion.Control>
            <Accordion.Panel>
              <Body attempt={attempt} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Section>
  );
}

function Outcome({ attempt: { outcome, reason } }: { attempt: Attempt }) {
  if (outcome === null) return <Tag tone="busy">Under way</Tag>;
  return <Tag tone={outcome === 'failed' ? 'bad' : 'quiet'}>{words(reason ?? outcome)}</Tag>;
}

function Body({ attempt }: { attempt: Attempt }) {
  const { problem, response, retry_at: retryAt, acknowledged_at: acknowledgedAt, eta_at: etaAt } = attempt;
  return (
    <Stack>
      {problem && (
        <Alert variant="light" color="red">
          {problem}
        </Alert>
      )}
      {(retryAt || acknowledgedAt) && (
        <Text size="sm">
          {acknowledgedAt && (
            <>
              Acknowledged <When at={acknowledgedAt} />
              {etaAt && `, to be done by ${dateTime(etaAt)}`}.{' '}
            </>
          )}
          {retryAt && (
            <>
              Tried again <When at={retryAt} />.
            </>
          )}
        </Text>
      )}
      <HeadersView title="Request headers" headers={attempt.request_headers} />
      {response ? (
        <BodyView
          title={response.status === null ? 'What came back' : `Answer: HTTP ${response.status}`}
          text={response.head}
          size={response.bytes}
        />
      ) : (
        <Text size="sm" c="dimmed">
          Nothing came back.
        </Text>
      )}
    </Stack>
  );
}
