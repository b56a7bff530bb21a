import type { PastWork } from '../contract/request.js';
import type { ReceivedAnswer } from '../parse.js';

/** An answer as it comes back to the agent with the next call. */
export function pastWork({ summary = '', message = '', artifacts }: ReceivedAnswer): PastWork {
  return { summary, message, artifacts };
}
