import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useOnce } from '../../api/once.ts';
import { told, toldError } from '../../ui/notify.tsx';

type Key = { 'Idempotency-Key': string };

/**
 * One press that does something to an agent. A double click sends it once; afterwards all that is known of the agent is read
 * again, and `said` tells that it is done.
 */
export function useAgentAction(agentId: string, send: (key: Key) => Promise<unknown>, said: string) {
  const client = useQueryClient();
  const once = useOnce();
  return useMutation({
    mutationFn: () => send(once.keyFor(agentId)),
    async onSuccess() {
      once.done();
      told(said);
      await client.invalidateQueries({ queryKey: ['agents', agentId] });
      await client.invalidateQueries({ queryKey: ['agents', 'mine'] });
    },
    onError: toldError,
  });
}
