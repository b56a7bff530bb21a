import { jsonOf } from '../artifact-text.js';
import { type JsonValue, valuesAt } from '../json.js';
import { JUDGED } from '../limits.js';
import { documents } from '../parts.js';
import {
  allThere,
  best,
  type Check,
  type Checks,
  every,
  inRange,
  no,
  some,
  unknown,
  whenParsed,
  yesOrNo,
} from './check.js';

type JsonKind = 'json_valid' | 'json_schema' | 'json_has' | 'json_equals' | 'json_count';

const valid: Check<'json_valid'> = ({ root }, { answer }) =>
  every(documents(answer), 'JSON', (reading) =>
    whenParsed(jsonOf(reading), 'JSON', (value) => {
      const kind = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
      return yesOrNo(root === undefined || kind === root, `valid JSON with ${kind} at its root`);
    }),
  );

const schema: Check<'json_schema'> = async ({ schema }, { answer, limited }) => {
  const [reading] = documents(answer);
  if (!reading) return no('there is no JSON');
  const parsed = jsonOf(reading);
  if (parsed.kind !== 'ok') return whenParsed(parsed, 'JSON', () => unknown(''));
  const outcome = await limited.run({ kind: 'schema', schema, json: JSON.stringify(parsed.value) });
  if (outcome.kind === 'refused') return unknown(`the schema can't be used: ${outcome.reason}`);
  if (outcome.kind === 'too_slow') return unknown(`the schema took more than ${JUDGED.limitedMs} ms of processor time`);
  return yesOrNo(
    outcome.problems.length === 0,
    outcome.problems.length === 0 ? 'it follows the schema' : `against the schema: ${some(outcome.problems)}`,
  );
};

const has: Check<'json_has'> = ({ paths }, { answer }) =>
  best(documents(answer), 'JSON', (reading) =>
    whenParsed(jsonOf(reading), 'JSON', (value) => {
      const missing = paths.filter((path) => {
        const values = valuesAt(value, path);
        return values.length === 0 || values.some(isBlank);
      });
      return allThere(paths, missing, 'paths');
    }),
  );

const equals: Check<'json_equals'> = ({ path, value: wanted }, { answer }) =>
  best(documents(answer), 'JSON', (reading) =>
    whenParsed(jsonOf(reading), 'JSON', (value) => {
      const values = valuesAt(value, path);
      const met = values.length > 0 && values.every((item) => canonical(item) === canonical(wanted as JsonValue));
      const shown = values.length === 0 ? 'nothing' : JSON.stringify(values[0]).slice(0, 80);
      return yesOrNo(met, `${path} is ${shown}; asked for ${JSON.stringify(wanted)?.slice(0, 80)}`);
    }),
  );

const count: Check<'json_count'> = ({ path, ...range }, { answer }) =>
  best(documents(answer), 'JSON', (reading) =>
    whenParsed(jsonOf(reading), 'JSON', (value) => {
      const [list] = path === undefined ? [value] : valuesAt(value, path);
      if (!Array.isArray(list)) return no(`there is no list at ${path ?? 'the root'}`);
      return inRange(list.length, range, `items at ${path ?? 'the root'}`);
    }),
  );

export const jsonChecks: Checks<JsonKind> = {
  json_valid: valid,
  json_schema: schema,
  json_has: has,
  json_equals: equals,
  json_count: count,
};

function isBlank(value: JsonValue): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === null || (Array.isArray(value) && value.length === 0);
}

/** The same text for values that mean the same: the order of names and spaces around text don't matter. */
function canonical(value: JsonValue): string {
  if (typeof value === 'string') return JSON.stringify(value.trim());
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`).join(',')}}`;
}
