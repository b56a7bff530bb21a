import type { Agent } from '../agents.queries.ts';
import type { AgentValues } from '../register/agent-fields.tsx';

/** The registration as the form holds it. */
export function valuesOf(agent: Agent): AgentValues {
  return {
    name: agent.name,
    description: agent.description,
    endpoint_url: agent.endpoint_url,
    execution_mode: agent.execution_mode,
    max_concurrency: agent.max_concurrency,
    min_price: agent.min_price,
    model_notes: agent.model_notes,
    capabilities: agent.capabilities.map(({ category, task_type, specialist }) => ({
      category,
      task_type,
      specialist,
    })),
  };
}
