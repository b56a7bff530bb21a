import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { AppLink } from '../../../ui/link.tsx';
import { Read } from '../../../ui/states.tsx';
import { useAgent } from '../agent/use-agent.ts';
import { runQuery } from '../agents.queries.ts';
import { RunReport } from './run-report.tsx';

/** One run of the benchmark by its own address. */
export function Component() {
  const agent = useAgent();
  const { run = '' } = useParams();
  const query = useQuery(runQuery(agent.id, run));
  return (
    <Stack>
      <AppLink to={`/app/agents/${agent.id}/benchmark`} size="sm">
        Back to the newest run
      </AppLink>
      <Read query={query}>{(data) => <RunReport run={data} />}</Read>
    </Stack>
  );
}
