/** What a schema found wrong, as zod tells it; another library's issues have a message alone. */
export interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: string;
  readonly expected?: string;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly inclusive?: boolean;
  readonly format?: string;
  readonly values?: readonly unknown[];
  /** Fields that should not be there, beside the path of where they stand. */
  readonly keys?: readonly string[];
  readonly input?: unknown;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'an id (a UUID)',
  email: 'an email address',
  url: 'a web address',
  datetime: 'a time such as 2026-01-31T12:00:00Z',
  date: 'a date such as 2026-01-31',
};

/** A problem as a sentence without its subject: "must be a whole number". The schema's own words stay where it has some. */
export function plainly(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue, value);
    case 'too_small':
      return `must ${bound(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)}`;
    case 'too_big':
      return `must ${bound(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)}`;
    case 'invalid_format':
      return issue.format && FORMATS[issue.format] ? `must be ${FORMATS[issue.format]}` : issue.message;
    case 'invalid_value':
      return oneOf(issue.values ?? [], issue.message);
    case 'unrecognized_keys':
      return 'is no field here';
    default:
      return issue.message;
  }
}

function ofType({ expected = '', format, message }: Issue, value: unknown): string {
  if (value === undefined) return 'is missing';
  const wanted = KINDS[format === 'safeint' ? 'int' : expected];
  if (wanted === undefined) return message;
  return typeof value === 'number' && expected === 'int'
    ? `must be ${wanted}`
    : `must be ${wanted}, not ${kindOf(value)}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return KINDS[typeof value] ?? 'that';
}

function bound(origin: string | undefined, how: string, limit: number | bigint | undefined): string {
  const count = Number(limit);
  switch (origin) {
    case 'string':
      return `have ${how} ${count} ${count === 1 ? 'character' : 'characters'}`;
    case 'array':
    case 'set':
      return `have ${how} ${count} ${count === 1 ? 'item' : 'items'}`;
    default:
      return `be ${how} ${count}`;
  }
}

const MOST_VALUES = 12;

function oneOf(values: readonly unknown[], message: string): string {
  if (values.length === 0 || values.length > MOST_VALUES) return message;
  const shown = values.map((value) => JSON.stringify(value));
  return shown.length === 1 ? `must be ${shown[0]}` : `must be one of ${shown.join(', ')}`;
}
