import type { Decision, Scored } from '../triage/decision.js';

/** Something that a buyer can do about who would be asked. */
export interface Hint {
  readonly code: 'nobody' | 'few' | 'raise_budget' | 'lower_budget' | 'wait' | 'other_task_type';
  readonly message: string;
  /** Whole credits; null where the hint is not about money. */
  readonly budget: number | null;
  /** How many agents it is about. */
  readonly agents: number;
}

/**
 * What would help, from two decisions about the same brief.
 *
 * @param rich the same with the largest budget that may be set; null: nobody is too expensive
 */
export function hints(decision: Decision, rich: Decision | null): Hint[] {
  return [...shortage(decision), ...dearer(decision, rich), ...cheaper(decision), ...later(decision)];
}

/** Who may be called at all, the likeliest first. */
export function expected({ candidates }: Decision): Scored[] {
  return candidates
    .filter(({ propensity }) => propensity > 0)
    .toSorted((a, b) => b.propensity - a.propensity || a.rank - b.rank);
}

function shortage({ candidates, request }: Decision): Hint[] {
  const agents = candidates.length;
  if (agents === 0) {
    const message = 'Nobody could be asked: the task would expire at once, and its budget would return.';
    return [{ code: 'nobody', message, budget: null, agents }];
  }
  if (agents >= request.places) return [];
  const message = `Only ${counted(agents, 'agent')} would be asked, although there are ${request.places} places.`;
  return [{ code: 'few', message, budget: null, agents }];
}

/** The least budget that reaches one more, and the least that fills the places, or reaches everybody. */
function dearer({ candidates, request }: Decision, rich: Decision | null): Hint[] {
  if (!rich) return [];
  const prices = rich.candidates
    .map(({ minPrice }) => minPrice)
    .filter((price) => price > request.budget)
    .toSorted((a, b) => a - b);
  const missing = Math.max(1, request.places - candidates.length);
  const budgets = [prices[0], prices[Math.min(missing, prices.length) - 1]].filter((price) => price !== undefined);
  return [...new Set(budgets)].map((budget) => {
    const agents = prices.filter((price) => price <= budget).length;
    const message = `With a budget of ${budget} or more, ${counted(agents, 'more agent')} could be asked.`;
    return { code: 'raise_budget', message, budget, agents };
  });
}

/** What is enough for the very same agents. */
function cheaper(decision: Decision): Hint[] {
  const asked = expected(decision);
  const enough = Math.max(...asked.map(({ minPrice }) => minPrice));
  if (asked.length === 0 || enough >= decision.request.budget) return [];
  const message = `All that would be asked work from ${enough} credits. You pay the price of the bid that you pick, at most the budget.`;
  return [{ code: 'lower_budget', message, budget: enough, agents: asked.length }];
}

function later({ leftOut, request }: Decision): Hint[] {
  const { paused = 0, unhealthy = 0, operator_quota: busy = 0, other_task_type: others = 0 } = leftOut.counts;
  const away = paused + unhealthy + busy;
  return [
    ...(away > 0
      ? [
          {
            code: 'wait' as const,
            message: `${counted(away, 'agent')} for this work cannot be called at the moment; later ${away === 1 ? 'it' : 'they'} may be.`,
            budget: null,
            agents: away,
          },
        ]
      : []),
    ...(others > 0
      ? [
          {
            code: 'other_task_type' as const,
            message: `${counted(others, 'agent')} in "${request.category}" do other work than "${request.taskType}"; GET /agents?category=${request.category} shows which.`,
            budget: null,
            agents: others,
          },
        ]
      : []),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
