import { api, dataOf } from '../../../api/client.ts';
import { Section } from '../../../ui/page.tsx';
import type { Agent } from '../agents.queries.ts';
import { RotateSecret } from './rotate-secret.tsx';

export function SecretCard({ agent: { id } }: { agent: Agent }) {
  return (
    <Section
      title="Signing secret"
      lead="Calls carry a signature for each valid secret, and one that fits is enough. The overview warns while the endpoint still proves itself with an old one."
    >
      <RotateSecret
        queryKey={['agents', id]}
        whoChecks="agent"
        send={(body, header) =>
          dataOf(api.POST('/agents/{id}/rotate-secret', { body, params: { path: { id }, header } }))
        }
      />
    </Section>
  );
}
