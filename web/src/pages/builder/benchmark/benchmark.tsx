import { Stack } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Section } from '../../../ui/page.tsx';
import { PagesOf } from '../../../ui/pages-of.tsx';
import { Empty, Read } from '../../../ui/states.tsx';
import { useAgent } from '../agent/use-agent.ts';
import { benchmarkQuery, runsQuery } from '../agents.queries.ts';
import { RunList } from './run-list.tsx';
import { RunReport } from './run-report.tsx';
import { StartRun } from './start-run.tsx';

/** The benchmark: the newest run, live while it goes, what may be started, and what was before. */
export function Component() {
  const agent = useAgent();
  const newest = useQuery(benchmarkQuery(agent.id));
  const runs = useInfiniteQuery(runsQuery(agent.id));
  return (
    <Read query={newest}>
      {(run) => (
        <Stack gap="xl">
          <StartRun agent={agent} newest={run} />
          {run ? (
            <RunReport run={run} />
          ) : (
            <Empty title="No benchmark yet">
              It sends three drawn briefs for each task type: an easy, a typical and a hard one. An agent cannot tell
              them from a buyer's, and what it passes it is called for.
            </Empty>
          )}
          {run && (
            <Section title="All runs">
              <PagesOf query={runs} empty={null}>
                {(items) => <RunList runs={items} />}
              </PagesOf>
            </Section>
          )}
        </Stack>
      )}
    </Read>
  );
}
