import { schemaResolver, type UseFormReturnType, useForm } from '@mantine/form';
import { ApiError } from '../api/client.ts';
import { toldError } from './notify.tsx';

type Schema = Parameters<typeof schemaResolver>[0];

/** A form whose rules are the server's own schema: what it refuses is told beside the field before it is sent. */
export function useSchemaForm<Values extends Record<string, unknown>>(schema: Schema, initialValues: Values) {
  return useForm<Values>({
    initialValues,
    validate: schemaResolver(schema, { sync: true }),
    validateInputOnBlur: true,
  });
}

/** For a mutation's `onError`: what the server refused, beside its field where it named one that the form has. */
export function showRefusal<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  error: Error,
): void {
  const fields = error instanceof ApiError ? error.fields : [];
  const known = fields.filter(
    ({ field }) => field.split('.')[0] !== undefined && (field.split('.')[0] ?? '') in form.getValues(),
  );
  for (const { field, message } of known) form.setFieldError(field, message);
  if (known.length === 0) toldError(error);
}
