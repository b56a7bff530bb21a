import type { Found } from '../marks.ts';
import { measuredOne } from '../measured.ts';
import { market } from '../sets/market.ts';

/** How long ranking one task takes in a large market, without the reading of the file. */
export async function latencyMarks({ agents, tasks }: { agents: number; tasks: number }): Promise<Found[]> {
  const { agents: everybody, tasks: briefs } = market({ seed: 5, agents, tasks, named: false });
  const { _time } = await measuredOne<{ _time: { p50_ms: number; p95_ms: number } }>('rank', ['-', '--time'], {
    agents: everybody,
    tasks: briefs,
  });
  const note = `${agents} agents, ${tasks} tasks; through Postgres: npm run -s bench:triage`;
  return [
    { key: 'wholeP50', value: _time.p50_ms, note },
    { key: 'wholeP95', value: _time.p95_ms, note },
  ];
}
