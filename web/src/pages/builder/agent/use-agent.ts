import { useOutletContext } from 'react-router';
import type { Agent } from '../agents.queries.ts';

/** The agent whose page this part belongs to. */
export function useAgent(): Agent {
  return useOutletContext<Agent>();
}
