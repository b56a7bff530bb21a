import { type EgressReason } from '../platform/egress/failure.js';
import { ENDPOINT_CHECKS, type EndpointCheckItem, type EndpointCheckView } from './endpoint-check.schema.js';
import type { HealthAnswer } from './health.js';

type Key = (typeof ENDPOINT_CHECKS)[number];
type Finding = Pick<EndpointCheckItem, 'status' | 'seen'> & { readonly fix?: string; readonly tookMs?: number };

/** What came of one request: an answer, or why there was none. */
export type Asked =
  | { readonly kind: 'answered'; readonly status: number; readonly tookMs: number }
  | { readonly kind: 'failed'; readonly reason: EgressReason; readonly problem: string; readonly tookMs: number };

const TITLE: Record<Key, string> = {
  address: 'the address may be called: https, public, ending in /execute',
  reachable: 'something answers there',
  health: 'GET .../health answers 200 with "status": "ok"',
  signature: 'a call without a signature is refused with 401',
};

const FIX: Partial<Record<EgressReason, string>> = {
  blocked: 'Give a name that leads to public addresses alone: private and local ones are never called.',
  unreachable: 'Start the agent, and open its port to the internet; the name must resolve for everybody.',
  tls: 'Serve a certificate that browsers trust, for this very name, with its chain.',
  timed_out: 'Answer within a few seconds: health and refusals need no model.',
  reset: 'Look at your proxy: it closed the connection before the answer was whole.',
  not_http: 'Serve HTTP/1.1 on this port.',
  too_large: 'Answer health and refusals with a few bytes.',
};
const HEALTH_FIX =
  'Serve GET on the same path with /execute replaced by /health, unsigned, and answer {"status":"ok"} as JSON.';
const SIGNATURE_FIX =
  'Refuse every POST without webhook-id, webhook-timestamp and webhook-signature with 401, before anything else is done with it.';

/** The address alone is wrong: nothing was sent. */
export function refusedAddress(endpointUrl: string, problem: string, fix: string): EndpointCheckView {
  return view(endpointUrl, {
    address: { status: 'failed', seen: problem, fix },
    reachable: skipped('the address may not be called'),
    health: skipped('the address may not be called'),
    signature: skipped('the address may not be called'),
  });
}

/** The host has had its tries for this hour. */
export function leftAlone(endpointUrl: string, until: Date): EndpointCheckView {
  const why = skipped(`this host was asked too often by now; again from ${until.toISOString()}`);
  return view(endpointUrl, { address: allowed(), reachable: why, health: why, signature: why });
}

/** What two requests found, made side by side. `said`: what health answered, where it did. */
export function findings(endpointUrl: string, probe: Asked, said: HealthAnswer | null, call: Asked): EndpointCheckView {
  const reachable = reachableBy(probe, call);
  const isThere = reachable.status === 'passed';
  return view(endpointUrl, {
    address: allowed(),
    reachable,
    health: isThere ? health(probe, said) : skipped('nothing answers there'),
    signature: isThere ? signature(call) : skipped('nothing answers there'),
  });
}

function reachableBy(probe: Asked, call: Asked): Finding {
  const answered = probe.kind === 'answered' ? probe : call.kind === 'answered' ? call : null;
  if (answered) return { status: 'passed', seen: `it answered in ${answered.tookMs} ms`, tookMs: answered.tookMs };
  // Whoever took the connection is there, however it went on.
  const { reason, problem, tookMs } = probe as Extract<Asked, { kind: 'failed' }>;
  return { status: 'failed', seen: problem, ...fixOf(reason), tookMs };
}

function health(probe: Asked, said: HealthAnswer | null): Finding {
  const { tookMs } = probe;
  if (probe.kind === 'failed') return { status: 'failed', seen: probe.problem, ...fixOf(probe.reason), tookMs };
  if (!said?.ok) return { status: 'failed', seen: said?.reason ?? 'it said nothing', fix: HEALTH_FIX, tookMs };
  const { agent, version } = said.reported;
  const named = [agent && `agent "${agent}"`, version && `version "${version}"`].filter(Boolean).join(', ');
  return { status: 'passed', seen: `healthy${named ? `: ${named}` : ''}`, tookMs };
}

function signature(call: Asked): Finding {
  const { tookMs } = call;
  if (call.kind === 'failed') {
    const seen =
      call.reason === 'timed_out' ? 'no refusal in time: it may have begun to work' : `no refusal: ${call.problem}`;
    return { status: 'failed', seen, fix: SIGNATURE_FIX, tookMs };
  }
  const { status } = call;
  if (status === 401) return { status: 'passed', seen: 'refused with 401', tookMs };
  if (status === 403)
    return { status: 'warned', seen: 'refused with 403; 401 says it better', fix: SIGNATURE_FIX, tookMs };
  if (status === 404 || status === 405)
    return {
      status: 'failed',
      seen: `POST .../execute answered ${status}`,
      fix: 'Serve POST at this very path.',
      tookMs,
    };
  if (status >= 200 && status < 300)
    return { status: 'failed', seen: `it took the call: ${status}`, fix: SIGNATURE_FIX, tookMs };
  if (status >= 300 && status < 400)
    return {
      status: 'failed',
      seen: `it answered ${status}`,
      fix: 'Give the address itself: redirects are not followed.',
      tookMs,
    };
  return { status: 'failed', seen: `it answered ${status} instead of 401`, fix: SIGNATURE_FIX, tookMs };
}

const allowed = (): Finding => ({ status: 'passed', seen: 'it may be called' });
const skipped = (why: string): Finding => ({ status: 'skipped', seen: why });
const fixOf = (reason: EgressReason) => ({ fix: FIX[reason] ?? 'Try again in a moment.' });

function view(endpointUrl: string, found: Record<Key, Finding>): EndpointCheckView {
  const checks = ENDPOINT_CHECKS.map((key): EndpointCheckItem => {
    const { status, seen, fix = null, tookMs = null } = found[key];
    return { key, title: TITLE[key], status, seen: seen.slice(0, 500), fix, took_ms: tookMs };
  });
  const ok = checks.every(({ status }) => status === 'passed' || status === 'warned');
  return { ok, endpoint_url: endpointUrl, checks };
}
