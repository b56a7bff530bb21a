import { seconds } from '../../caller/exchange.js';
import { plain } from '../../caller/seen.js';
import { HealthResponse } from '../../contract/response.js';
import { parseJson } from '../../parse.js';
import { type Check, failed, passed, skipped } from '../check.js';
import type { Patient } from '../patient.js';
import { capabilityNames } from '../profile.js';

const DOCS = 'docs/contract.md#health';
const PROBE_MS = 5_000;

type Health = { ok: true; health: HealthResponse; took: string } | { ok: false; problem: string };

async function probed(patient: Patient): Promise<Health> {
  const came = await patient.caller.health(PROBE_MS);
  if (came.kind === 'failed') return { ok: false, problem: came.problem };
  if (came.status !== 200) return { ok: false, problem: `it answered ${came.status} instead of 200` };
  const json = parseJson(came.body);
  if (!json.ok) return { ok: false, problem: `it answered 200, but ${json.problem}` };
  const parsed = HealthResponse.safeParse(json.value);
  if (parsed.success) return { ok: true, health: parsed.data, took: seconds(came.timings.totalMs) };
  const field = parsed.error.issues[0]?.path.join('.') || 'the body';
  return {
    ok: false,
    problem: `it answered 200, but ${field} is not as the contract says: ${plain(JSON.stringify(json.value), 120)}`,
  };
}

export const healthAnswers: Check = {
  key: 'health',
  title: 'GET .../health answers 200 with "status": "ok" within 5 s',
  fix: 'Serve GET on the same path with /execute replaced by /health, unsigned, and answer {"status":"ok"} as JSON without waiting for your model.',
  docs: DOCS,
  async run(patient) {
    const health = await probed(patient);
    return health.ok ? passed(`healthy in ${health.took}`) : failed(health.problem);
  },
};

export const healthFitsRegistration: Check = {
  key: 'health-drift',
  title: 'what /health says of the agent is what was registered',
  fix: 'Make "agent" the registered slug and "capabilities" the registered list ("category/task-type", "category/*" for a whole category), or update the registration.',
  docs: DOCS,
  async run(patient) {
    const { profile } = patient;
    if (!profile) return skipped('give the registration with --agent agent.json');
    const health = await probed(patient);
    if (!health.ok) return skipped('there is no health to compare');
    const problems = [slugDrift(health.health, profile.slug), capabilityDrift(health.health, capabilityNames(profile))];
    const drift = problems.filter((problem) => problem !== null);
    if (drift.length > 0) return failed(plain(drift.join('; '), 400));
    return passed(health.health.capabilities ? 'the same agent with the same capabilities' : 'nothing in it disagrees');
  },
};

function slugDrift({ agent }: HealthResponse, slug: string | undefined): string | null {
  return agent == null || slug === undefined || agent === slug
    ? null
    : `/health says "${agent}", registered is "${slug}"`;
}

function capabilityDrift({ capabilities }: HealthResponse, registered: readonly string[]): string | null {
  if (capabilities == null) return null;
  const missing = registered.filter((name) => !capabilities.includes(name));
  const unknown = capabilities.filter((name) => !registered.includes(name));
  const parts = [
    missing.length > 0 ? `/health does not name ${missing.join(', ')}` : '',
    unknown.length > 0 ? `not registered: ${unknown.join(', ')}` : '',
  ];
  return parts.filter((part) => part !== '').join('; ') || null;
}
