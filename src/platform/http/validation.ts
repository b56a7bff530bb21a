import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { type FieldProblem, InvalidInput } from './errors.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  /** zod names the fields that should not be there beside the path of where they stand. */
  readonly keys?: readonly string[];
}

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
    throw new InvalidInput(result.issues.slice(0, SHOWN_PROBLEMS).map((issue) => problemOf(issue, data ?? type)));
  }
}

function problemOf({ message, path = [], keys = [] }: Issue, whole: string): FieldProblem {
  const names = path.map((part) => String(typeof part === 'object' ? part.key : part));
  const field = [...names, ...keys.slice(0, 1)].join('.');
  return { field: field.slice(0, SHOWN_NAME) || whole, message: message.slice(0, 500) };
}
