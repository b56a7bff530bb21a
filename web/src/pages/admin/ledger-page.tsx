import { Alert, Button, Group, List, Progress, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AUDIT_SENTENCES } from '../../../../src/payouts/wallet.schema.ts';
import { api, dataOf } from '../../api/client.ts';
import { duration, whole, words } from '../../ui/format.ts';
import { Page, Section } from '../../ui/page.tsx';
import { Empty, Failed } from '../../ui/states.tsx';
import { useNow } from '../../ui/time.tsx';
import type { Audit } from './admin.queries.ts';
import { Facts } from './facts.tsx';
import { Grid } from './grid.tsx';

/** Every balance recomputed from its entries. Nothing is read before somebody asks: on a large ledger it takes a while. */
export function Component() {
  const [startedAt, setStartedAt] = useState(() => new Date());
  const audit = useQuery({
    queryKey: ['admin', 'audit'],
    enabled: false,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const began = performance.now();
      const report = await dataOf(api.GET('/admin/ledger/audit', { signal }));
      return { report, tookMs: performance.now() - began };
    },
  });
  const run = () => {
    setStartedAt(new Date());
    void audit.refetch();
  };
  return (
    <Page
      title="Ledger"
      lead="Recomputes every balance and the whole sum from the entries. It only reads."
      actions={
        <Button onClick={run} loading={audit.isFetching}>
          Run the audit
        </Button>
      }
    >
      {audit.isFetching && <Running since={startedAt} />}
      {audit.isError && !audit.isFetching && <Failed error={audit.error} retry={run} />}
      {audit.data ? (
        <Report {...audit.data} />
      ) : (
        audit.isFetching ||
        audit.isError || <Empty title="Not run yet">Run it to see whether every credit is where the entries say.</Empty>
      )}
    </Page>
  );
}

function Running({ since }: { since: Date }) {
  const now = useNow();
  return (
    <Stack gap={4} role="status">
      <Text size="sm">Adding up every entry, for {duration(Math.max(0, now.getTime() - since.getTime()))} now.</Text>
      <Progress value={100} animated aria-label="The audit runs" />
    </Stack>
  );
}

function Report({ report, tookMs }: { report: Audit; tookMs: number }) {
  const { ok, checked, problems } = report;
  return (
    <Stack gap="lg">
      <Alert
        color={ok ? 'teal' : 'red'}
        variant="light"
        icon={ok ? <IconCheck /> : <IconAlertTriangle />}
        title={ok ? 'The ledger is sound' : `${whole(problems.length)} problems`}
        role="status"
      >
        {ok ? 'Every rule holds, all of it as of one moment.' : 'Stop payouts, and look at what the problems name.'} It
        took {duration(tookMs)}.
      </Alert>
      <Facts facts={Object.entries(checked).map(([name, rows]) => ({ label: words(name), value: whole(rows) }))} />
      <Section title="What was checked">
        <Rules problems={problems} />
      </Section>
      {problems.length > 0 && (
        <Section title="What was found" lead="At most 100 of each rule.">
          <Grid
            label="Problems"
            rows={problems}
            keyOf={({ rule, subject, detail }) => `${rule} ${subject} ${detail}`}
            columns={[
              { head: 'Rule', cell: ({ rule }) => AUDIT_SENTENCES[rule] },
              { head: 'About', cell: ({ subject }) => subject },
              { head: 'Numbers', cell: ({ detail }) => detail },
            ]}
          />
        </Section>
      )}
    </Stack>
  );
}

function Rules({ problems }: Pick<Audit, 'problems'>) {
  return (
    <List spacing="xs" listStyleType="none" withPadding={false}>
      {Object.entries(AUDIT_SENTENCES).map(([rule, sentence]) => {
        const broken = problems.filter((problem) => problem.rule === rule).length;
        return (
          <List.Item
            key={rule}
            icon={
              <ThemeIcon size={20} radius="xl" variant="light" color={broken ? 'red' : 'teal'}>
                {broken ? <IconX size={14} aria-label="Broken" /> : <IconCheck size={14} aria-label="Holds" />}
              </ThemeIcon>
            }
          >
            <Group gap={6}>
              {sentence} {broken > 0 && <Text fw={600}>{whole(broken)} times not.</Text>}
            </Group>
          </List.Item>
        );
      })}
    </List>
  );
}
