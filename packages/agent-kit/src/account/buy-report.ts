import type { z } from 'zod';
import { plain } from '../caller/seen.js';
import type { Bid, Deliveries } from './views.js';

/** A bid of the gallery on one line. */
export function bidLine({ id, agent, rank, price, score, summary }: Bid): string {
  const marks = score ? `score ${score.low.toFixed(0)}-${score.high.toFixed(0)}` : 'not judged';
  return `${rank ?? '-'}. ${plain(agent.name, 60)}: ${marks}, price ${price ?? '-'}, bid ${id}${summary ? `\n   ${plain(summary, 200)}` : ''}`;
}

/** A delivery, with the addresses of its files. */
export function deliveryLines({
  status,
  reason,
  summary,
  message,
  artifacts,
}: z.infer<typeof Deliveries>[number]): string[] {
  return [
    `  ${status}${reason ? `: ${plain(reason, 300)}` : ''}`,
    ...[summary, message].flatMap((text) => (text ? [`  ${plain(text, 300)}`] : [])),
    ...artifacts.map(({ name, size, url }) => `  ${plain(name, 100)}, ${size} bytes: ${url}`),
  ];
}
