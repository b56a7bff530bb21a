import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { answerChallenge } from './challenge.js';
import { Acknowledgement, CallbackBody, ProgressNote } from './contract/callback.js';
import { LIMITS, WINDOWS } from './contract/limits.js';
import { ExecuteRequest } from './contract/request.js';
import { ErrorBody, ExecuteResponse, HealthResponse } from './contract/response.js';
import { RULE_KINDS } from './contract/rules.js';
import { parseAnswer } from './parse.js';
import { SignatureError, verify } from './verify.js';

interface Vector {
  name: string;
  error: string | null;
  secrets: [string, ...string[]];
  now_s: number;
  headers: Record<string, string>;
  body: string;
}

const path = (name: string) => fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url));
const read = (name: string) => readFileSync(path(name), 'utf8');
const contract = read('contract.md');
const { vectors, challenges } = JSON.parse(read('contract/vectors.json')) as {
  vectors: [Vector, ...Vector[]];
  challenges: { secret: string; challenge: string; answer: string }[];
};
const [example] = vectors;
const blocks = (language: string) =>
  [...contract.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map((match) => match[1] ?? '');

describe('the test vectors', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each(vectors)('$name: $error', ({ secrets, headers, body, now_s: nowS, error }) => {
    const check = () => verify({ secrets, headers, body: Buffer.from(body), nowS });
    if (error === null) expect(check().id).toBe(headers['webhook-id']);
    else expect(check).toThrow(expect.objectContaining({ code: error, name: SignatureError.name }));
  });

  // An id with a full stop is the one thing that this kit refuses and the scheme's own package lets pass.
  test.each(vectors.filter(({ error }) => error !== 'bad_id'))(
    'the standardwebhooks package agrees: $name',
    ({ secrets, headers, body, now_s: nowS, error }) => {
      vi.useFakeTimers({ now: nowS * 1000 });
      const accepts = secrets.some((secret) => {
        try {
          new Webhook(secret).verify(body, headers, { jsonParse: false });
          return true;
        } catch {
          return false;
        }
      });
      expect(accepts).toBe(error === null);
    },
  );

  test('cover every reason to refuse, and have names of their own', () => {
    const codes = new Set(vectors.map(({ error }) => error));
    expect(codes).toEqual(new Set([null, 'missing_header', 'bad_id', 'bad_timestamp', 'stale', 'bad_signature']));
    expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length);
  });
});

test.each(challenges)('the proof for the challenge $challenge', ({ secret, challenge, answer }) => {
  expect(answerChallenge(secret, challenge)).toBe(answer);
});

describe('contract.md', () => {
  test('shows the first vector as its example', () => {
    for (const value of [...example.secrets, ...Object.values(example.headers), `${example.body}\n`]) {
      expect(contract).toContain(value);
    }
    expect(contract).toContain(`${Buffer.byteLength(example.body)} bytes without a line feed`);
    expect(ExecuteRequest.parse(JSON.parse(example.body))).toEqual(JSON.parse(example.body));
  });

  test('shows the sample agent as it is', () => {
    expect(blocks('ts')).toContain(read('contract/agent.ts'));
  });

  test('shows bodies that follow the contract', () => {
    const bodies = blocks('json').map((block) => JSON.parse(block));
    const [, answer, declined, acknowledged, progress, error, health] = bodies;
    for (const body of [answer, declined]) expect(parseAnswer(Buffer.from(JSON.stringify(body))).ok).toBe(true);
    expect(ErrorBody.parse(error)).toEqual(error);
    expect(Acknowledgement.parse(acknowledged)).toEqual(acknowledged);
    expect(ProgressNote.parse(progress)).toEqual(progress);
    expect(HealthResponse.parse(health)).toEqual(health);
    expect(bodies).toHaveLength(7);
  });

  test('names the limits that the code has', () => {
    const { bodyBytes, artifacts, nesting, nameChars, urlChars, summaryChars, reasonChars, requestBytes } = LIMITS;
    const numbers = [urlChars, summaryChars].map((chars) => `${chars.toLocaleString('en')} characters`);
    const sizes = [bodyBytes, requestBytes].map((bytes) => `${bytes / 2 ** 20} MiB`);
    const windows = [WINDOWS.prototypeS, WINDOWS.deliveryS, WINDOWS.healthS, WINDOWS.toleranceS].map((s) => `| ${s} s`);
    const shown = [
      ...numbers,
      ...sizes,
      ...windows,
      `${artifacts} artifacts`,
      `${nesting} deep`,
      `${nameChars} characters`,
    ];
    for (const text of [...shown, `${reasonChars} characters`]) expect(contract).toContain(text);
  });

  test('names every field of a request', () => {
    for (const field of Object.keys(ExecuteRequest.shape))
      expect(contract).toMatch(new RegExp(`^\\|.*\`${field}\`.* \\|`, 'm'));
  });
});

describe('generated beside contract.md (written anew by vitest -u)', () => {
  test('schema.json is what the kit checks by', async () => {
    const later = { Acknowledgement, CallbackBody, ProgressNote };
    const bodies = z.object({ ExecuteRequest, ExecuteResponse, ErrorBody, HealthResponse, ...later });
    const schema = {
      title: 'The bodies of the Bakeoff agent contract, version 1',
      ...z.toJSONSchema(bodies, { io: 'input' }),
    };
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(path('contract/schema.json'));
  });

  test('quality-rules.md lists every kind', async () => {
    const lines = RULE_KINDS.map(
      ({ kind, asks, takes, example: rule }) =>
        `| \`${kind}\` | ${asks} | ${takes.map((name) => `\`${name}\``).join(' ')} | \`${JSON.stringify(rule)}\` |`,
    );
    const page = [
      '# Quality rules',
      '',
      'What a buyer can ask of an answer and a program can check. An argument with `?` may be left out; each in full: [schema.json](schema.json).',
      'Every kind also takes `target`, an artifact type or a file ending: which artifacts it looks at.',
      '`min` and `max` include their number: "at least 5" is `min` 5, "less than 5" is `max` 4.',
      '',
      '| kind | asks | arguments | for example |',
      '|---|---|---|---|',
      ...lines,
      '',
    ];
    await expect(page.join('\n')).toMatchFileSnapshot(path('contract/quality-rules.md'));
  });
});

describe('the samples', () => {
  const has = (command: string, argument: string) => spawnSync(command, [argument]).status === 0;
  const withPython = has('python3', '--version');
  const withGo = has('go', 'version');
  if (!withPython) console.log('skipped: verify.py, since there is no python3 on the PATH');
  if (!withGo) console.log('skipped: verify.go, since there is no go on the PATH');
  const agree = `${vectors.length} of ${vectors.length} vectors agree`;
  const broken = path('contract.md');

  function expectAgreement(command: string, args: string[]): void {
    const cwd = path('contract');
    const run = spawnSync(command, args, { cwd, encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.stdout.trim()).toBe(agree);
    expect(run.status).toBe(0);
    expect(spawnSync(command, [...args, broken], { cwd }).status).not.toBe(0);
  }

  test('verify.ts agrees with every vector', () => expectAgreement(process.execPath, ['verify.ts']));
  test.skipIf(!withPython)('verify.py agrees with every vector', () => expectAgreement('python3', ['verify.py']));
  test.skipIf(!withGo)(
    'verify.go agrees with every vector',
    () => expectAgreement('go', ['run', 'verify.go']),
    120_000,
  );

  test('agent.ts answers what call.ts asks, and declines what is too cheap', async () => {
    const env = { ...process.env, BAKEOFF_SECRET: example.secrets[0], PORT: '0' };
    const agent = spawn(process.execPath, [path('contract/agent.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [line] = await once(createInterface(agent.stdout), 'line');
      const { event, url } = JSON.parse(String(line)) as { event: string; url: string };
      expect(event).toBe('listening');
      const call = (changes: object, secret = example.secrets[0]) => {
        const args = [path('contract/call.ts'), url, JSON.stringify(changes)];
        return spawnSync(process.execPath, args, { env: { ...env, BAKEOFF_SECRET: secret }, encoding: 'utf8' });
      };
      const bid = call({});
      expect(bid.stdout).toContain('"price":10');
      expect(bid.stdout).toContain('The contract accepts it.');
      expect(bid.status).toBe(0);
      const previous = { artifacts: [] };
      const revised = call({ phase: 'delivery', revision: { number: 1, notes: 'Warmer, please.', previous } });
      expect(revised.stdout).toContain('Warmer, please.');
      expect(call({ budget: { amount: 9, currency: 'credits' } }).stdout).toContain('{"declined":{"reason":');
      const stranger = call({}, `whsec_${Buffer.alloc(32).toString('base64')}`);
      expect(stranger.stdout).toContain('401');
      expect(stranger.status).toBe(1);
      expect(await (await fetch(url.replace('/execute', '/health'))).json()).toMatchObject({ status: 'ok' });
    } finally {
      agent.kill();
    }
  });
});
