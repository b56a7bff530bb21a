import { nearest } from './nearest.js';
import { FieldRef, type RequirementField, type Requirements, resolveTemplate, type TaskType } from './rubric.schema.js';

/** A field of a brief's requirements and what is wrong with it, as the buyer can mend it. */
export interface RequirementProblem {
  readonly field: string;
  readonly message: string;
}

const TEXT_CHARS = 2_000;
const LIST_ITEMS = 50;
/** As long as a term of a rule may be: what a list asks for has to be checkable. */
const ITEM_CHARS = 200;
const OBJECT_CHARS = 20_000;

/** What is wrong with a brief's requirements by the fields of its task type: nothing when they may be posted. */
export function validateRequirements(type: TaskType, requirements: Requirements): RequirementProblem[] {
  const known = type.requirements.map(({ key }) => key);
  const unknown = Object.keys(requirements).filter((key) => !known.includes(key));
  const problems = [
    ...unknown.map((key) => ({ field: key, message: unknownField(type.slug, key, known) })),
    ...type.requirements.flatMap((field) => {
      const message = problemOf(field, given(requirements, field.key));
      return message === undefined ? [] : [{ field: field.key, message }];
    }),
  ];
  return problems.length > 0 ? problems : uncheckable(type, requirements);
}

function given(requirements: Requirements, key: string): unknown {
  return Object.hasOwn(requirements, key) ? requirements[key] : undefined;
}

function unknownField(slug: string, key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  const hint = meant === null ? `its fields are ${known.join(', ')}` : `did you mean "${meant}"?`;
  return `is no field of "${slug}"; ${hint}`;
}

function problemOf(field: RequirementField, value: unknown): string | undefined {
  if (isBlank(value)) return field.required ? `is required: ${field.help}` : undefined;
  switch (field.type) {
    case 'text':
      return typeof value === 'string' ? textProblem(value, field) : 'must be a text';
    case 'number':
    case 'integer':
      return numberProblem(value, field);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'choice':
      return choiceProblem(value, field.options ?? []);
    case 'list':
      return Array.isArray(value) ? listProblem(value, field) : 'must be a list of texts';
    case 'object':
      return objectProblem(value);
  }
}

/** What a form sends for "not given". */
function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;
}

function textProblem(value: string, { min = 0, max = TEXT_CHARS }: RequirementField): string | undefined {
  if (value.trim().length < min) return `must have at least ${min} characters`;
  return value.length > max ? `must have at most ${max} characters` : undefined;
}

function numberProblem(value: unknown, { type, min, max }: RequirementField): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
  if (type === 'integer' && !Number.isInteger(value)) return 'must be a whole number';
  if (min !== undefined && value < min) return `must be at least ${min}`;
  return max !== undefined && value > max ? `must be at most ${max}` : undefined;
}

function choiceProblem(value: unknown, options: readonly string[]): string | undefined {
  if (options.some((option) => option === value)) return undefined;
  return `must be one of ${options.map((option) => `"${option}"`).join(', ')}`;
}

function listProblem(items: unknown[], { min = 0, max = LIST_ITEMS }: RequirementField): string | undefined {
  if (items.length < min) return `must have at least ${min} items`;
  if (items.length > max) return `must have at most ${max} items`;
  const bad = items.findIndex((item) => typeof item !== 'string' || item.trim() === '' || item.length > ITEM_CHARS);
  return bad < 0 ? undefined : `item ${bad + 1} must be a text of 1 to ${ITEM_CHARS} characters`;
}

function objectProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object';
  return JSON.stringify(value).length > OBJECT_CHARS
    ? `must have at most ${OBJECT_CHARS} characters of JSON`
    : undefined;
}

/** Values of the right type that make no rule: found now, and not as an "unknown" after the work is done. */
function uncheckable({ rubric }: TaskType, requirements: Requirements): RequirementProblem[] {
  const problems = new Map<string, string>();
  for (const { check } of rubric.dimensions.flatMap(({ criteria }) => criteria)) {
    const field = firstField(check);
    if (check === null || field === undefined || problems.has(field)) continue;
    const resolved = resolveTemplate(check, requirements);
    if (resolved.kind === 'invalid') problems.set(field, `can't be checked: ${resolved.reason}`);
  }
  return [...problems].map(([field, message]) => ({ field, message }));
}

function firstField(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const ref = FieldRef.safeParse(value);
  if (ref.success) return ref.data.$field;
  return Object.values(value)
    .map(firstField)
    .find((field) => field !== undefined);
}
