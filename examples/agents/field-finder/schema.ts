import { own, type Requirements } from '../lib/brief.ts';

/** What is read of a buyer's JSON Schema: enough to know what to look for. Everything else is ignored. */
export type Wanted =
  | { kind: 'object'; fields: Field[] }
  | { kind: 'list'; item: Wanted }
  | { kind: 'value'; type: ValueType; nullable: boolean; options: string[] };

export type ValueType = 'string' | 'number' | 'integer' | 'boolean' | 'date';

export interface Field {
  key: string;
  /** The words under which its value may stand, the likeliest first. */
  labels: string[];
  required: boolean;
  wanted: Wanted;
}

const MAX_DEPTH = 6;
const MAX_FIELDS = 200;

/** Null when it is no schema of an object with properties. */
export function wantedFrom(schema: unknown): Extract<Wanted, { kind: 'object' }> | null {
  const wanted = read(schema, 0);
  return wanted.kind === 'object' && wanted.fields.length > 0 ? wanted : null;
}

function read(schema: unknown, depth: number): Wanted {
  const node = isRecord(schema) ? schema : {};
  const types = [own(node, 'type')].flat().filter((type) => typeof type === 'string');
  const properties = own(node, 'properties');
  if (depth < MAX_DEPTH && isRecord(properties)) return { kind: 'object', fields: fieldsOf(node, properties, depth) };
  if (depth < MAX_DEPTH && types.includes('array')) return { kind: 'list', item: read(own(node, 'items'), depth + 1) };
  const options = own(node, 'enum');
  return {
    kind: 'value',
    type: valueType(types, own(node, 'format')),
    nullable: types.includes('null'),
    options: Array.isArray(options) ? options.filter((option) => typeof option === 'string').slice(0, 100) : [],
  };
}

function fieldsOf(node: Requirements, properties: Requirements, depth: number): Field[] {
  const required = [own(node, 'required')].flat();
  return Object.entries(properties)
    .filter(([key]) => key !== '__proto__')
    .slice(0, MAX_FIELDS)
    .map(([key, value]) => ({
      key,
      labels: labelsOf(key, isRecord(value) ? value : {}),
      required: required.includes(key),
      wanted: read(value, depth + 1),
    }));
}

/** Description, title, and the words of the name itself: `note_number` and `noteNumber` are "note number". */
function labelsOf(key: string, node: Requirements): string[] {
  const named = [own(node, 'description'), own(node, 'title')].filter((text) => typeof text === 'string');
  const quoted = named.flatMap((text) =>
    [...text.slice(0, 300).matchAll(/["“']([^"”']{2,60})["”']/g)].map(([, part = '']) => part),
  );
  const words = key.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ');
  return [...quoted, ...named.map((text) => text.slice(0, 100)), words];
}

function valueType(types: readonly string[], format: unknown): ValueType {
  if (types.includes('integer')) return 'integer';
  if (types.includes('number')) return 'number';
  if (types.includes('boolean')) return 'boolean';
  return format === 'date' ? 'date' : 'string';
}

function isRecord(value: unknown): value is Requirements {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
