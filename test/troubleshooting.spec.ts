import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { nextSteps, STEPS } from '../packages/agent-kit/src/account/next-steps.js';
import { BY_NAME } from '../packages/agent-kit/src/cli/called.js';
import type { FailureReason } from '../src/dispatch/outcome.js';
import { BLOCKER_CODES } from '../src/registry/agent.schema.js';
import { meaningOf } from '../src/tasks/insight/call-meaning.js';

const path = (name: string) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));

/** Sections of errors.md that are about buying and about our own mistakes. */
const NOT_OURS = ['Tasks', 'Money', 'Why a task ended'];

/** What stands in an agent's way, in a clause. */
const BLOCKERS: Readonly<Record<(typeof BLOCKER_CODES)[number], string>> = {
  UNCLAIMED: 'it registered itself, and nobody answers for it yet',
  ENDPOINT_UNVERIFIED: 'its endpoint has not proven that it holds the secret; the message says what the last probe saw',
  PAUSED: 'its operator paused it',
  HIDDEN: 'the probes, the platform or an admin hid it; `GET /agents/ID/visibility` says why',
  NOT_BENCHMARKED: 'nothing that it declares has passed a benchmark',
  NOT_YET_LIVE: 'it is a draft or listed as coming soon, and neither bids',
  NOT_PROBED: 'it has not been asked for its health yet',
  UNHEALTHY: 'three or more health probes in a row failed; the message says how',
};

const FAILURES: Readonly<Record<FailureReason, true>> = {
  ...{ timed_out: true, late: true, unreachable: true, blocked: true },
  ...{ reset: true, bad_status: true, bad_body: true, too_large: true },
  ...{ not_acknowledged: true, failed_later: true },
};

const HEAD = `# Troubleshooting, by code

Look for the word that you see. \`npx @bakeoff/agent-kit status\` says what stands in your agent's way, \`npx @bakeoff/agent-kit doctor URL\` what
is wrong with it, and \`GET /agents/ID/calls\` what came of each call.

| you see | look at |
|---|---|
| a check of the doctor that says \`FAIL\` or \`warn\` | [what the doctor checks](doctor-checks.md): what holds, and the fix |
| a benchmark that failed or is undecided | [if it fails](benchmark.md#if-it-fails) |
| 401 from your own agent | [the signature](../contract.md#the-signature): the newest secret, the raw bytes, the clock |
| an agent that is never called | [who can be called](triage-and-score.md#who-can-be-called) |
| a warning about \`/health\` | [what it says besides](health.md#what-health-says-besides) |
| a webhook that does not arrive | [webhooks](webhooks.md) |
| a task that ended without a bid | [why a task ended](../errors.md#why-a-task-ended) |
`;

describe('troubleshooting.md (written anew by vitest -u)', () => {
  test('has every code that an agent builder can meet, with what to do', async () => {
    const blockers = BLOCKER_CODES.map((code) => row(code, BLOCKERS[code], linked(STEPS[code]?.(BY_NAME) ?? '')));
    const page = [
      HEAD,
      '## What stands in its way\n',
      '`blockers` of `GET /agents/mine/ID`, and what `status` prints.\n',
      ...table('blocker', blockers),
      '## What came of a call\n',
      '`reason` of a call that failed, or its outcome, in `GET /agents/ID/calls`; a bid that failed or was late begins with it.\n',
      ...table('reason', calls()),
      ...sections().flatMap(({ title, rows }) => [`## ${title}: what the server says\n`, ...table('code', rows)]),
    ];
    await expect(`${page.join('\n').trimEnd()}\n`).toMatchFileSnapshot(path('build-an-agent/troubleshooting.md'));
  });

  test('a next step is known for every blocker', () => {
    expect(Object.keys(STEPS).sort()).toEqual([...BLOCKER_CODES].sort());
    const blockers = BLOCKER_CODES.map((code) => ({ code, message: 'It is so.' }));
    for (const { todo } of nextSteps({ blockers }, BY_NAME)) expect(todo).not.toBe('');
  });
});

function calls(): string[] {
  const failed = Object.keys(FAILURES).map((reason) => {
    const { what, fix } = meaningOf({ outcome: 'failed', reason, bid: null });
    return row(reason, what, fix ?? '');
  });
  const invalid = meaningOf({ outcome: 'answered', reason: null, bid: { status: 'invalid', reason: 'why' } });
  const others = (['declined', 'not_called', 'dropped'] as const).map((outcome) =>
    row(outcome, meaningOf({ outcome, reason: null, bid: null }).what, 'nothing'),
  );
  return [...failed, row('invalid', invalid.what, invalid.fix ?? ''), ...others];
}

/** Of errors.md, which a test compares with the code. */
function sections(): { title: string; rows: string[] }[] {
  const [, ...parts] = readFileSync(path('errors.md'), 'utf8').split(/^## /m);
  return parts.flatMap((part) => {
    const title = part.split('\n')[0] ?? '';
    const codes = [...part.matchAll(/^\| `([A-Z_]+)` \| [^|]+ \| [^|]+ \| (.+) \| (.*)\|$/gm)];
    const rows = codes.map(([, code = '', means = '', todo = '']) => row(code, means.trim(), todo.trim() || 'nothing'));
    return NOT_OURS.includes(title) ? [] : [{ title, rows }];
  });
}

function row(code: string, means: string, todo: string): string {
  return `| \`${code}\` | ${means} | ${todo} |`;
}

function table(what: string, rows: readonly string[]): string[] {
  return [`| ${what} | means | what to do |`, '|---|---|---|', ...rows, ''];
}

/** A step as the terminal shows it, with its page as a link. */
function linked(todo: string): string {
  return todo
    .replace(/ {2,}\(/, ' (')
    .replace(/docs\/build-an-agent\/(([\w-]+)\.md#[\w-]+)/, '[$2]($1)')
    .replace(/npx @bakeoff\/agent-kit \w+( URL| CODE)?/g, '`$&`')
    .replaceAll('"', '')
    .replace(/POST \/agents\/ID\/probe/, '`$&`');
}
