import type { Rubric } from '../registry/rubric.schema.js';
import { canDecide } from './checks/all.js';

/** The share of a rubric's weight, 0 to 1, that rules can decide: what is left takes a model or a person. */
export function decidableShare({ dimensions }: Rubric): number {
  return dimensions.reduce((total, { weight, criteria }) => {
    const sum = (list: typeof criteria) => list.reduce((all, criterion) => all + criterion.weight, 0);
    return total + (weight * sum(criteria.filter(({ check }) => check !== null && canDecide(check)))) / sum(criteria);
  }, 0);
}
