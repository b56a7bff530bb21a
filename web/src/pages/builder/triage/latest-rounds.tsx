import { Card, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { whole } from '../../../ui/format.ts';
import { Section } from '../../../ui/page.tsx';
import { Empty, Read } from '../../../ui/states.tsx';
import { insightQuery } from '../insight/insight.queries.ts';

/** Rounds to look at: those that the agent was a candidate in and was not called for. */
export function LatestRounds({ agentId }: { agentId: string }) {
  const insight = useQuery(insightQuery(agentId, {}));
  return (
    <Read query={insight}>
      {({ triage }) =>
        triage.decided === 0 ? (
          <Empty title="No round has been decided yet">
            Once the agent is called, or passed over, the decision is explained here.
          </Empty>
        ) : (
          <Section
            title="Of late"
            lead={`In ${whole(triage.candidate)} of the latest ${whole(triage.decided)} rounds it was a candidate: called ${whole(triage.called.merit)} times by merit and ${whole(triage.called.exploration)} times to try it, passed over ${whole(triage.passed_over)} times.`}
          >
            {triage.latest_passed_over.length === 0 ? (
              <Text size="sm" c="dimmed">
                It was passed over in none of them. Each call for a prototype links to why it was made.
              </Text>
            ) : (
              <Stack gap="xs">
                <Text size="sm">Passed over for these; open one for what would have changed it.</Text>
                {triage.latest_passed_over.map((task) => (
                  <Card key={task} component={Link} to={`?task=${task}`} withBorder padding="xs">
                    <Text size="sm" ff="monospace">
                      {task}
                    </Text>
                  </Card>
                ))}
              </Stack>
            )}
          </Section>
        )
      }
    </Read>
  );
}
