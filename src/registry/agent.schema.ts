import { ExecutionMode } from '@bakeoff/agent-kit';
import { z } from 'zod';
import { PageQuery } from '../platform/http/pagination.js';

/** What operators send and what operators and buyers see of an agent. Pure, so that the web app imports it too. */

/** Declared capabilities of one agent. */
export const MAX_CAPABILITIES = 50;
/** Task types an agent may call itself a specialist in; triage favours them, so they are few. */
export const MAX_SPECIALISMS = 3;
export const MAX_AGENTS_PER_OPERATOR = 100;

export const VISIBILITIES = ['draft', 'coming_soon', 'beta', 'live', 'hidden'] as const;
export type Visibility = (typeof VISIBILITIES)[number];
/** What the public list shows; the others are as good as not there. */
export const PUBLIC_VISIBILITIES = ['coming_soon', 'beta', 'live'] as const satisfies readonly Visibility[];

/** `failing` still takes part in triage; `out` does not, until a probe succeeds. */
export const HEALTHS = ['unknown', 'healthy', 'failing', 'out'] as const;
export type Health = (typeof HEALTHS)[number];

/** Line breaks and tabs are text; other control characters, NUL among them, and half a surrogate pair are not. */
const UNPRINTABLE = /[^\P{Cc}\t\n\r]/u;
const text = (min: number, max: number) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((value) => value.isWellFormed() && !UNPRINTABLE.test(value), 'must not hold control characters');
const line = (min: number, max: number) =>
  text(min, max).refine((value) => !/[\r\n\t]/.test(value), 'must be a single line');

/** Words that stand in the place of a slug in our own routes. */
const RESERVED_SLUGS = new Set(['mine', 'me', 'new', 'self', 'self-register', 'claim', 'admin']);
const UUID_SHAPE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const AgentSlug = z
  .string()
  .min(3)
  .max(60)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens, and begin with a letter')
  .refine((slug) => !UUID_SHAPE.test(slug) && !RESERVED_SLUGS.has(slug), 'is not free for use; take another');

const TaxonomySlug = z.string().min(1).max(80);

export const CapabilityInput = z
  .strictObject({
    category: TaxonomySlug.describe('A category of GET /categories.'),
    task_type: TaxonomySlug.nullish().describe('One task type of it. Absent: the whole category.'),
    specialist: z
      .boolean()
      .default(false)
      .describe(`Whether this one task type is what the agent is best at; at most ${MAX_SPECIALISMS} are.`),
  })
  .meta({ id: 'CapabilityInput' });
export type CapabilityInput = z.output<typeof CapabilityInput>;

const fields = {
  name: line(2, 60).describe('What buyers read.'),
  description: text(10, 2_000).describe('What the agent does, and how well. Plain text.'),
  endpoint_url: z
    .string()
    .max(2_048)
    .describe(
      'Where prototypes and deliveries are asked for: https, ending in /execute. GET .../health is probed beside it.',
    ),
  execution_mode: ExecutionMode.describe(
    'sync: the endpoint answers a call itself. async: it acknowledges with 202 and answers later, at the callback of the request.',
  ),
  max_concurrency: z.int().min(1).max(100).describe('How many calls the agent takes at a time.'),
  min_price: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .describe('Whole credits. Tasks with a smaller budget do not reach the agent.'),
  model_notes: text(0, 500).describe('Which model or method does the work, in your words. Public.'),
  capabilities: z.array(CapabilityInput).min(1).max(MAX_CAPABILITIES),
};

export const RegisterAgent = z
  .strictObject({
    ...fields,
    slug: AgentSlug.optional().describe('The name in addresses, unique here. Absent: made from the name.'),
    execution_mode: fields.execution_mode.default('sync'),
    max_concurrency: fields.max_concurrency.default(3),
    min_price: fields.min_price.default(1),
    model_notes: fields.model_notes.default(''),
  })
  .meta({ id: 'RegisterAgent' });
export type RegisterAgent = z.output<typeof RegisterAgent>;

/** What is absent stays as it is; `capabilities` replaces the whole list, and what was proven stays proven. */
export const UpdateAgent = z
  .strictObject(fields)
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, 'Name at least one field to change.')
  .meta({ id: 'UpdateAgent' });
export type UpdateAgent = z.output<typeof UpdateAgent>;

export const UpdateQuery = z.strictObject({
  dry_run: z
    .stringbool()
    .default(false)
    // In JSON Schema's words the text of a query would be a string.
    .meta({
      type: 'boolean',
      description: 'true: answers with what the change would bring, and changes nothing.',
    }),
});
export type UpdateQuery = z.output<typeof UpdateQuery>;

export const RotateSecret = z
  .strictObject({
    overlap_hours: z
      .int()
      .min(0)
      .max(720)
      .optional()
      .describe('How long the old secrets go on signing beside the new one. 0 ends them at once, for one that leaked.'),
  })
  .prefault({})
  .meta({ id: 'RotateSecret' });
export type RotateSecret = z.output<typeof RotateSecret>;

export const ListAgents = PageQuery.extend({
  category: TaxonomySlug.optional().describe('Only agents that declare this category or a task type of it.'),
  task_type: TaxonomySlug.optional().describe('Only agents that declare this task type, or its whole category.'),
});
export type ListAgents = z.output<typeof ListAgents>;

const Instant = z.iso.datetime();

export const CapabilityView = z
  .object({
    category: z.string(),
    task_type: z.string().nullable().describe('null: the whole category.'),
    specialist: z.boolean(),
    passed_at: Instant.nullable().describe('When the benchmark was passed for it; until then triage passes it over.'),
  })
  .meta({ id: 'Capability' });
export type CapabilityView = z.infer<typeof CapabilityView>;

export const BLOCKER_CODES = [
  'UNCLAIMED',
  'ENDPOINT_UNVERIFIED',
  'PAUSED',
  'HIDDEN',
  'NOT_BENCHMARKED',
  'NOT_YET_LIVE',
  'NOT_PROBED',
  'UNHEALTHY',
] as const;

export const WARNING_CODES = [
  'AGENT_DIFFERS',
  'CAPABILITY_NOT_REPORTED',
  'CAPABILITY_NOT_REGISTERED',
  'OLD_SECRET',
  'PROOF_LOST',
] as const;

export const Warning = z.object({ code: z.enum(WARNING_CODES), message: z.string() }).meta({ id: 'AgentWarning' });
export type Warning = z.infer<typeof Warning>;

export const Blocker = z
  .object({ code: z.enum(BLOCKER_CODES), message: z.string().describe('What is missing and what to do about it.') })
  .meta({ id: 'Blocker' });
export type Blocker = z.infer<typeof Blocker>;

const HealthNow = z.object({
  status: z.enum(HEALTHS),
  failures: z.int().describe('Failed probes in a row.'),
  reason: z.string().nullable().describe('Why the last probe failed.'),
  reported_version: z.string().nullable().describe('The version that /health named last.'),
  checked_at: Instant.nullable(),
  next_probe_at: Instant.nullable(),
});

/** An agent as its operator sees it. */
export const AgentView = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    endpoint_url: z.string(),
    health_url: z.string(),
    endpoint_verified_at: Instant.nullable().describe(
      'When this endpoint first proved that it holds the signing secret; until then it is neither benchmarked nor called.',
    ),
    execution_mode: ExecutionMode,
    max_concurrency: z.int(),
    min_price: z.int(),
    model_notes: z.string(),
    capabilities: z.array(CapabilityView),
    visibility: z.enum(VISIBILITIES),
    active: z.boolean().describe('Whether a benchmark was passed.'),
    paused_at: Instant.nullable(),
    version: z.int().describe('Counts changes of endpoint, execution mode, model notes and capabilities.'),
    health: HealthNow,
    blockers: z.array(Blocker).describe('What stands in the way of being called. Empty: nothing does.'),
    warnings: z.array(Warning).describe('Where /health differs from the registration. It keeps nothing from coming.'),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'Agent' });
export type AgentView = z.infer<typeof AgentView>;

const Share = z
  .number()
  .min(0)
  .max(1)
  .nullable()
  .describe(
    'The share of the time in which the last probe was good; time that was not asked in does not count. null: none was.',
  );

/** What probes have found so far. */
export const AgentHealthView = HealthNow.extend({
  warnings: z.array(Warning),
  uptime_24h: Share,
  uptime_7d: Share,
  transitions: z
    .array(
      z.object({
        at: Instant,
        status: z.enum([...HEALTHS, 'not_asked']),
        ok: z.boolean().nullable(),
        reason: z.string().nullable(),
      }),
    )
    .describe('Newest first, 50 at most: when it changed. `not_asked`: it was paused, or moved.'),
  probes: z
    .array(z.object({ at: Instant, ok: z.boolean(), took_ms: z.int().nullable(), reason: z.string().nullable() }))
    .describe('Newest first, 50 at most, of the last 24 h.'),
}).meta({ id: 'AgentHealth' });
export type AgentHealthView = z.infer<typeof AgentHealthView>;

export const CONSEQUENCE_CODES = ['NEW_VERSION', 'ENDPOINT_TO_VERIFY', 'BENCHMARK_NEEDED', 'PROOF_DROPPED'] as const;

export const Consequence = z
  .object({ code: z.enum(CONSEQUENCE_CODES), message: z.string() })
  .meta({ id: 'Consequence' });
export type Consequence = z.infer<typeof Consequence>;

export const UpdatedAgent = AgentView.extend({
  consequences: z.array(Consequence).describe('What this change brings with it. Empty: nothing.'),
}).meta({ id: 'UpdatedAgent' });
export type UpdatedAgent = z.infer<typeof UpdatedAgent>;

export const NewSecret = z
  .object({
    secret: z.string().describe('whsec_...: verifies the calls. Shown this once.'),
    old_secrets_end_at: Instant.nullable().describe(
      'Until then calls carry signatures of the old secrets too. null: there are none.',
    ),
  })
  .meta({ id: 'NewSecret' });
export type NewSecret = z.infer<typeof NewSecret>;

export const RegisteredAgent = z
  .object({ agent: AgentView, secret: z.string().describe('whsec_...: verifies the calls. Shown this once.') })
  .meta({ id: 'RegisteredAgent' });
export type RegisteredAgent = z.infer<typeof RegisteredAgent>;

/** An agent as everybody sees it: nothing of where it lives or who owns it. */
export const PublicAgentView = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    model_notes: z.string(),
    min_price: z.int(),
    capabilities: z.array(CapabilityView.omit({ passed_at: true }).extend({ proven: z.boolean() })),
    visibility: z.enum(PUBLIC_VISIBILITIES),
    available: z.boolean().describe('Whether it is called at the moment: not paused, and its endpoint answers.'),
    version: z.int(),
    created_at: Instant,
  })
  .meta({ id: 'PublicAgent' });
export type PublicAgentView = z.infer<typeof PublicAgentView>;
