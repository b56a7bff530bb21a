export interface PriceLimits {
  /** Whole credits. */
  readonly budget: number;
  /** The agent's own minimum when it was called. */
  readonly minPrice: number;
}

/** Why a price cannot be taken, or null. Absent means the budget. */
export function priceProblem(price: unknown, { budget, minPrice }: PriceLimits): string | null {
  if (!Number.isInteger(price)) return 'price: must be a whole number of credits';
  const credits = price as number;
  if (credits < 1 || credits > budget) return `price: must be 1 to the budget of ${budget}, and is ${credits}`;
  if (credits < minPrice) return `price: ${credits} is below the agent's own minimum of ${minPrice}`;
  return null;
}
