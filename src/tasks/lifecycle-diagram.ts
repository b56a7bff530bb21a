import { isOver, LIFECYCLE, STATUSES, silence, type TaskEvent, type TaskStatus } from './lifecycle.js';

/** The lifecycle table as a Mermaid state diagram: who sends an event, what it does to the money, what the clock does. */
export function lifecycleDiagram(): string {
  const steps = (Object.keys(LIFECYCLE) as TaskEvent[]).flatMap((event) => {
    const step: { from: readonly TaskStatus[]; to: TaskStatus; by: string; money?: string } = LIFECYCLE[event];
    return step.from.map(
      (from) => `  ${from} --> ${step.to}: ${event} (${step.by}${step.money ? `, ${step.money}` : ''})`,
    );
  });
  const statuses = Object.keys(STATUSES) as TaskStatus[];
  const clocks = statuses.flatMap((status) => {
    const clock = silence(status);
    return clock ? `  note right of ${status}: silence for ${clock.within} sends ${clock.then}` : [];
  });
  const ends = statuses.filter(isOver).map((status) => `  ${status} --> [*]`);
  return ['stateDiagram-v2', '  [*] --> open: post (buyer, hold)', ...steps, ...ends, ...clocks, ''].join('\n');
}
