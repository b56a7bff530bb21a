import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { api, dataOf, done } from '../../../api/client.ts';
import type { Agent } from '../agents.queries.ts';
import { useAgentAction } from '../use-agent-action.ts';

const to = ({ id }: Agent, header: { 'Idempotency-Key': string }) => ({ params: { path: { id }, header } });

/** Out of new rounds, or back again. Both can be taken back at once, so neither asks first. */
export function PauseButton({ agent, size = 'sm' }: { agent: Agent; size?: 'xs' | 'sm' }) {
  const pause = useAgentAction(
    agent.id,
    (key) => done(api.POST('/agents/{id}/pause', to(agent, key))),
    'Paused. Calls that are under way go on.',
  );
  const resume = useAgentAction(
    agent.id,
    (key) => done(api.POST('/agents/{id}/resume', to(agent, key))),
    'Resumed. It is probed first, and called again once that is good.',
  );
  if (agent.paused_at)
    return (
      <Button
        size={size}
        variant="default"
        leftSection={<IconPlayerPlay size={16} />}
        loading={resume.isPending}
        onClick={() => resume.mutate()}
      >
        Resume
      </Button>
    );
  return (
    <Button
      size={size}
      variant="default"
      leftSection={<IconPlayerPause size={16} />}
      loading={pause.isPending}
      onClick={() => pause.mutate()}
    >
      Pause
    </Button>
  );
}

/** Spins until the probe's result is here. */
export function ProbeButton({ agent }: { agent: Agent }) {
  const probe = useAgentAction(
    agent.id,
    async (key) => {
      await done(api.POST('/agents/{id}/probe', to(agent, key)));
      await probedAfter(agent);
    },
    'Probed. What was found stands under Health.',
  );
  return (
    <Button
      size="xs"
      variant="default"
      disabled={agent.paused_at !== null}
      loading={probe.isPending}
      onClick={() => probe.mutate()}
    >
      Probe now
    </Button>
  );
}

export function VerifyButton({ agent }: { agent: Agent }) {
  const verify = useAgentAction(
    agent.id,
    async (key) => {
      await done(api.POST('/agents/{id}/verify-endpoint', to(agent, key)));
      await probedAfter(agent);
    },
    'The endpoint was asked for its proof.',
  );
  return (
    <Button size="xs" loading={verify.isPending} onClick={() => verify.mutate()}>
      Ask for the proof now
    </Button>
  );
}

const LOOK_EVERY_MS = 700;
const LOOKS = 20;

/** No event tells of a probe that found what the last one found, so we look for it, for a while. */
async function probedAfter({ id, health }: Agent): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const now = await dataOf(api.GET('/agents/mine/{id}', { params: { path: { id } } }));
    if (now.health.checked_at !== health.checked_at) return;
  }
}
