import type { OpenAPIObject } from '@nestjs/swagger';
import type { Scope } from './actor.js';

type Paths = OpenAPIObject['paths'];
type Operation = NonNullable<Paths[string]['get']>;
type Json = Record<string, unknown>;

/** What `@Public()` and `@Scopes()` leave on an operation: who may call it. */
export const WHO = 'x-scope';
export type Who = 'public' | Scope;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const META = { request_id: { type: 'string' }, timestamp: { type: 'string', format: 'date-time' } };
const PAGE_META = {
  ...META,
  next_cursor: { type: ['string', 'null'], description: 'Send it as the cursor to go on; null where nothing follows.' },
  has_more: { type: 'boolean' },
};
const closed = (properties: Json) => ({ type: 'object', required: Object.keys(properties), properties });

const PROBLEM = closed({ field: { type: 'string' }, message: { type: 'string' } });
const ERROR = {
  type: 'object',
  required: ['code', 'message', 'suggestion'],
  properties: {
    code: { type: 'string', description: 'Stays the same when the words change; docs/errors.md lists them.' },
    message: { type: 'string' },
    suggestion: { type: 'string', description: 'What to do next.' },
    field: { type: 'string', description: 'The input that is to blame, where one is.' },
    fields: { type: 'array', items: PROBLEM },
  },
};

const ENVELOPES = {
  Meta: closed(META),
  PageMeta: closed(PAGE_META),
  Error: closed({ ok: { const: false }, error: ERROR, meta: ref('Meta') }),
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  description: 'Yours, 1 to 255 visible characters: the same key and body get the same answer for 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/** What is the same for all operations: the envelope around every answer, the error, who may call, and the key of a repeat. */
export function withEnvelopes(document: OpenAPIObject): OpenAPIObject {
  const { paths, components } = document;
  for (const path of Object.values(paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation) complete(operation, method);
    }
  }
  return { ...document, components: { ...components, schemas: { ...components?.schemas, ...(ENVELOPES as object) } } };
}

function complete(operation: Operation, method: (typeof METHODS)[number]): void {
  const who = (operation as { [WHO]?: Who })[WHO];
  operation.security = who === 'public' ? [] : [{ bearer: [] }, { cookie: [] }];
  if (method === 'post') operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_KEY];
  const isList = operation.parameters?.some((parameter) => 'name' in parameter && parameter.name === 'limit') ?? false;
  for (const [status, response] of Object.entries(operation.responses)) {
    if (!response || '$ref' in response) continue;
    response.description ||= operation.summary ?? '';
    if (status.startsWith('2'))
      response.content = contentOf(response.content, method, isList) as typeof response.content & {};
  }
  const json = { 'application/json': { schema: ref('Error') } };
  operation.responses.default = { description: 'A refusal: what it is and what to do.', content: json };
}

/** A GET that names no schema sends a file; everything else sends JSON in the envelope, an event stream aside. */
function contentOf(content: Record<string, { schema?: unknown }> | undefined, method: string, isList: boolean): Json {
  if (!content && method === 'get')
    return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
  const data = content?.['application/json']?.schema ?? { type: 'null' };
  const envelope = closed({ ok: { const: true }, data, meta: ref(isList ? 'PageMeta' : 'Meta') });
  const stream = content?.['text/event-stream'] ? { 'text/event-stream': { schema: { type: 'string' } } } : {};
  return { 'application/json': { schema: envelope }, ...stream };
}
