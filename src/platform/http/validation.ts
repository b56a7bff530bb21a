import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { type FieldProblem, InvalidInput } from './errors.js';
import { type Issue, plainly } from './plain-words.js';

const SHOWN_PROBLEMS = 50;
const SHOWN_NAME = 200;

/**
 * Holds every argument against its route's schema and hands on what the schema makes of it; problems go by the names that
 * the caller used. Nest's own pipe is not it: that one drops fields called `prototype` and `constructor` from free-form objects.
 */
export class Validation implements PipeTransform {
  async transform(value: unknown, { schema, type, data }: ArgumentMetadata): Promise<unknown> {
    if (!schema || type === 'custom') return value;
    const result = await schema['~standard'].validate(value);
    if (!result.issues) return result.value;
    const shown = result.issues.slice(0, SHOWN_PROBLEMS);
    throw new InvalidInput(shown.map((issue) => problemOf(issue, value, data ?? type)));
  }
}

function problemOf(issue: Issue, value: unknown, whole: string): FieldProblem {
  const { path = [], keys = [] } = issue;
  const names = path.map((part) => String(typeof part === 'object' ? part.key : part));
  const field = [...names, ...keys.slice(0, 1)].join('.');
  const message = plainly(issue, at(value, names));
  return { field: field.slice(0, SHOWN_NAME) || whole, message: message.slice(0, 500) };
}

/** What the caller sent there; own properties alone. */
function at(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (found, name) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, name)
        ? (found as Record<string, unknown>)[name]
        : undefined,
    value,
  );
}
