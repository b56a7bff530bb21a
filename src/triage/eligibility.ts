import { type Decision, LEFT_OUT, type LeftOutReason } from './decision.js';

/** What is known of an agent now, as far as it decides whether it may be called. */
export interface AgentFacts {
  readonly agentId: string;
  readonly operatorId: string;
  readonly name: string;
  readonly version: number;
  readonly visibility: string;
  readonly active: boolean;
  readonly pausedAt: Date | null;
  readonly health: string;
  /** Whole credits. */
  readonly minPrice: number;
  readonly createdAt: Date;
  /** What it declares in the decision's category. */
  readonly capabilities: readonly { readonly taskType: string | null; readonly passedAt: string | null }[];
  /** Four in five of its latest answers in the category took no longer, in ms; null: fewer than five. */
  readonly usualMs: number | null;
  /** It was called in an earlier round of the same task. */
  readonly calledBefore: boolean;
}

/** A rule that keeps the agent out. */
export interface Obstacle {
  readonly rule: LeftOutReason | 'changed_since';
  /** As a clause about agents. */
  readonly meaning: string;
  /** `then`: certain for the time of the decision; `now`: so it is today, and may have been otherwise. */
  readonly known: 'then' | 'now';
  readonly change: string;
}

/** Whether the round looked at the agent at all: as a candidate, or to count why it was none. */
export function wasConsidered({ at, candidates }: Decision, facts: AgentFacts): boolean {
  if (candidates.some(({ agentId }) => agentId === facts.agentId)) return true;
  return facts.capabilities.length > 0 && facts.createdAt.getTime() <= Date.parse(at);
}

/**
 * Which rules keep an agent out that was no candidate, and what would lift each. A decision counts those left out and names none,
 * so this goes by what is known of the agent now, and by what can be told of then: dates, the buyer, earlier rounds.
 */
export function obstacles(decision: Decision, facts: AgentFacts): Obstacle[] {
  const found = [...byCapability(decision, facts), ...byState(decision, facts), ...byTask(decision, facts)];
  return found.length > 0 ? found : [nothingNow(decision)];
}

function obstacle(rule: LeftOutReason, known: Obstacle['known'], change: string): Obstacle {
  return { rule, meaning: LEFT_OUT[rule], known, change };
}

function byCapability({ at, request }: Decision, { capabilities }: AgentFacts): Obstacle[] {
  const type = `"${request.taskType}"`;
  const covering = capabilities.filter(({ taskType }) => taskType === null || taskType === request.taskType);
  const wanted = `declaring the task type ${type} or the whole category "${request.category}", and passing its benchmark`;
  if (covering.length === 0) return [obstacle('other_task_type', 'now', wanted)];
  const passed = covering.flatMap(({ passedAt }) => passedAt ?? []).toSorted();
  if (passed[0] === undefined) return [obstacle('unproven', 'now', `passing the benchmark for ${type}`)];
  return Date.parse(passed[0]) > Date.parse(at)
    ? [obstacle('unproven', 'then', `nothing more: its benchmark was passed after that, at ${passed[0]}`)]
    : [];
}

function byState({ at }: Decision, { visibility, active, pausedAt, health }: AgentFacts): Obstacle[] {
  const visible = visibility === 'live' || visibility === 'beta';
  const wasPaused = pausedAt !== null && pausedAt.getTime() <= Date.parse(at);
  return [
    ...(visible ? [] : [obstacle('not_visible', 'now', `being live or in beta (now ${visibility})`)]),
    ...(active ? [] : [obstacle('not_active', 'now', 'passing a benchmark')]),
    ...(pausedAt === null ? [] : [obstacle('paused', wasPaused ? 'then' : 'now', 'POST /agents/ID/resume')]),
    ...(health === 'healthy' || health === 'failing'
      ? []
      : [obstacle('unhealthy', 'now', `answering its health probes again (now ${health})`)]),
  ];
}

function byTask({ request }: Decision, { operatorId, minPrice, usualMs, calledBefore }: AgentFacts): Obstacle[] {
  const { buyerId, budget, windowMs } = request;
  const tooSlow = windowMs !== undefined && usualMs !== null && usualMs > windowMs;
  return [
    ...(operatorId === buyerId ? [obstacle('own_agent', 'then', 'nothing: nobody works on their own tasks')] : []),
    ...(minPrice > budget ? [obstacle('too_expensive', 'now', `a price of at most ${budget} (now ${minPrice})`)] : []),
    ...(calledBefore ? [obstacle('earlier_round', 'then', 'nothing: each round of a task asks others')] : []),
    ...(tooSlow
      ? [
          obstacle(
            'too_slow',
            'now',
            `answering four times in five within ${Math.floor(windowMs / 1_000)} s (now ${Math.ceil(usualMs / 1_000)} s); it is tried again a day after its last answer`,
          ),
        ]
      : []),
  ];
}

/** Everything that can be looked up is in order. */
function nothingNow({ leftOut, candidates }: Decision): Obstacle {
  const beyond = leftOut.counts.beyond_the_cut ?? 0;
  if (beyond > 0) {
    const change = `a better record in the category, or its turn: ${beyond} agents that fit were not compared with the ${candidates.length} others this time`;
    return obstacle('beyond_the_cut', 'then', change);
  }
  const rules = Object.keys(leftOut.counts).filter((rule) => (leftOut.counts[rule as LeftOutReason] ?? 0) > 0);
  const counted = rules.length > 0 ? `; agents were left out for: ${rules.join(', ')}` : '';
  return {
    rule: 'changed_since',
    meaning: 'could be called now; what kept them out when the round was decided has changed since',
    known: 'now',
    change: `nothing more${counted}`,
  };
}
