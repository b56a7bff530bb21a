import { z } from 'zod';
import { ExecutionMode } from '../contract/callback.js';

/** What a registration says that a check can look at: `agent.json`, or the body of `POST /agents`. Other fields are left aside. */
export const AgentProfile = z.object({
  name: z.string().optional(),
  slug: z.string().optional(),
  min_price: z.int().min(1).optional(),
  execution_mode: ExecutionMode.optional(),
  max_concurrency: z.int().min(1).max(100).optional(),
  capabilities: z.array(z.object({ category: z.string(), task_type: z.string().nullish() })).default([]),
});
export type AgentProfile = z.infer<typeof AgentProfile>;

/** `data/csv-cleaning`, or `data/*` for the whole category: as `/health` lists them. */
export function capabilityNames({ capabilities }: AgentProfile): string[] {
  return capabilities.map(({ category, task_type }) => `${category}/${task_type ?? '*'}`);
}
