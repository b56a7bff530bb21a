import { parseJson } from '@bakeoff/agent-kit';
import { BadRequest, DomainError, InvalidInput } from './errors.js';

/** More than any operation takes, and few enough that a schema can name a problem for each. */
const MOST_VALUES = 20_000;
/** `metadata.tags[2]: must not have ...`: where a text stands that cannot be kept, and what is wrong with it. */
const PROBLEM_OF_A_FIELD = /^([\w.[\]-]+): (.+)$/;

/**
 * Reads a body as the contract reads an agent's answer: UTF-8, not too deep, no NUL and no half of a surrogate pair anywhere. A key
 * that would give its object another prototype is refused rather than dropped. An empty body is none.
 *
 * @throws BadRequest   it is no JSON, or too deep
 * @throws InvalidInput names the field whose text cannot be kept
 */
export function jsonBody(bytes: Uint8Array, maxBytes: number): unknown {
  if (bytes.byteLength === 0) return undefined;
  const parsed = parseJson(bytes, maxBytes);
  if (!parsed.ok) throw refusal(parsed.problem);
  if (valuesIn(parsed.value) > MOST_VALUES) throw refusal(`the body must not have more than ${MOST_VALUES} values`);
  return parsed.value;
}

function refusal(problem: string): DomainError {
  const [, path, message] = PROBLEM_OF_A_FIELD.exec(problem) ?? [];
  if (path && message) return new InvalidInput([{ field: path.replace(/\[(\d+)\]/g, '.$1'), message }]);
  return new BadRequest(
    'BAD_REQUEST',
    `The JSON cannot be read: ${problem}.`,
    'Send valid JSON with content-type application/json.',
  );
}

/** How many there are in all, itself included. Depth is known to be small. */
function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  if (Object.hasOwn(value, '__proto__')) throw refusal('no field can have the name "__proto__"');
  let count = 1;
  for (const item of Object.values(value)) count += valuesIn(item);
  return count;
}
