import { type CapabilityInput, MAX_SPECIALISMS } from './agent.schema.js';
import { nearest } from './nearest.js';

/** One declared capability; `taskType` null is the whole category. */
export interface Declared {
  readonly category: string;
  readonly taskType: string | null;
  readonly specialist: boolean;
}

/** The slugs that may be declared: task types by category. */
export type Known = ReadonlyMap<string, readonly string[]>;

export type CapabilityProblemCode =
  | 'UNKNOWN_CATEGORY'
  | 'UNKNOWN_TASK_TYPE'
  | 'SPECIALIST_OF_A_CATEGORY'
  | 'TOO_MANY_SPECIALISMS'
  | 'DUPLICATE_CAPABILITY';

export interface CapabilityProblem {
  readonly code: CapabilityProblemCode;
  readonly message: string;
  readonly suggestion: string;
  /** `capabilities.2.task_type` */
  readonly field: string;
}

/** What an operator declares, against the taxonomy: the capabilities, or the first thing that is wrong with them. */
export function declaredCapabilities(inputs: readonly CapabilityInput[], known: Known): Declared[] | CapabilityProblem {
  const declared: Declared[] = [];
  for (const [index, input] of inputs.entries()) {
    const capability = { category: input.category, taskType: input.task_type ?? null, specialist: input.specialist };
    const problem = unknownSlug(capability, known, index) ?? contradiction(capability, declared, index);
    if (problem) return problem;
    declared.push(capability);
  }
  return declared;
}

export function isSameCapability(a: Omit<Declared, 'specialist'>, b: Omit<Declared, 'specialist'>): boolean {
  return a.category === b.category && a.taskType === b.taskType;
}

function unknownSlug({ category, taskType }: Declared, known: Known, index: number): CapabilityProblem | null {
  const types = known.get(category);
  if (!types) {
    return {
      code: 'UNKNOWN_CATEGORY',
      message: `There is no category "${category}".`,
      suggestion: didYouMean(nearest(category, [...known.keys()])),
      field: `capabilities.${index}.category`,
    };
  }
  if (taskType === null || types.includes(taskType)) return null;
  return {
    code: 'UNKNOWN_TASK_TYPE',
    message: `The category "${category}" has no task type "${taskType}".`,
    suggestion: elsewhere(taskType, known) ?? didYouMean(nearest(taskType, types)),
    field: `capabilities.${index}.task_type`,
  };
}

function elsewhere(taskType: string, known: Known): string | null {
  const home = [...known].find(([, types]) => types.includes(taskType))?.[0];
  return home === undefined ? null : `It belongs to the category "${home}".`;
}

function didYouMean(slug: string | null): string {
  return slug === null
    ? 'GET /categories lists what there is.'
    : `Did you mean "${slug}"? GET /categories lists what there is.`;
}

function contradiction(capability: Declared, earlier: readonly Declared[], index: number): CapabilityProblem | null {
  if (earlier.some((other) => isSameCapability(other, capability))) {
    return {
      code: 'DUPLICATE_CAPABILITY',
      message: 'This capability is declared twice.',
      suggestion: 'Leave one of them out.',
      field: `capabilities.${index}`,
    };
  }
  if (!capability.specialist) return null;
  if (capability.taskType === null) {
    return {
      code: 'SPECIALIST_OF_A_CATEGORY',
      message: 'A specialist is one in a task type, not in a whole category.',
      suggestion: 'Name the task_type, or leave specialist out.',
      field: `capabilities.${index}.specialist`,
    };
  }
  if (earlier.filter(({ specialist }) => specialist).length < MAX_SPECIALISMS) return null;
  return {
    code: 'TOO_MANY_SPECIALISMS',
    message: `An agent is a specialist in at most ${MAX_SPECIALISMS} task types.`,
    suggestion: 'Keep specialist for those that it does best.',
    field: `capabilities.${index}.specialist`,
  };
}
