import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentHandler, type Work } from '@bakeoff/agent-kit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BY_NAME } from '../packages/agent-kit/src/cli/called.js';
import type { Io } from '../packages/agent-kit/src/cli/command.js';
import { commandsAt } from '../packages/agent-kit/src/cli/commands.js';
import { runCli } from '../packages/agent-kit/src/cli/main.js';
import { startApp, type TestApp } from './support/app.js';
import { cleaner, rubbish } from './support/benchmark.js';
import { listening } from './support/loopback.js';

/** An agent's folder on a server of its own, and its command line. */
class Builder {
  private constructor(
    readonly app: TestApp,
    readonly dir: string,
  ) {}

  static async of(app: TestApp, profile: object = {}): Promise<Builder> {
    const dir = await mkdtemp(join(tmpdir(), 'builder-cli-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    const agent = {
      ...{ name: 'Tidy', slug: 'tidy', description: 'Cleans tables by stated rules.', min_price: 10 },
      ...{ capabilities: [{ category: 'data', task_type: 'csv-cleaning' }], ...profile },
    };
    await writeFile(join(dir, 'agent.json'), JSON.stringify(agent));
    return new Builder(app, dir);
  }

  async run(...args: string[]) {
    const written = { out: '', err: '' };
    const io: Io = {
      env: { BAKEOFF_SERVER: this.app.url },
      cwd: this.dir,
      program: BY_NAME,
      out: (text) => {
        written.out += text;
      },
      note: (line) => {
        written.err += `${line}\n`;
      },
      colour: false,
    };
    const code = await runCli(args, io, commandsAt({ servedBy: null, practice: null }));
    return { code, ...written };
  }

  /** Runs it and expects it to go well. */
  async does(...args: string[]): Promise<string> {
    const { code, out, err } = await this.run(...args);
    expect(code, `${args.join(' ')}: ${out}${err}`).toBe(0);
    return out;
  }

  async json(...args: string[]) {
    return JSON.parse((await this.run(...args, '--json')).out);
  }

  async variable(name: string): Promise<string> {
    return new RegExp(`^${name}=(.*)$`, 'm').exec(await readFile(join(this.dir, '.env'), 'utf8'))?.[1] ?? '';
  }
}

const signUp = (builder: Builder) =>
  builder.does('signup', '--email', `${builder.dir.slice(-6)}@example.com`, '--name', 'A builder');

/** An address that answers as the agent does once `.env` has its secret: registering comes first. */
async function anAddress() {
  let handle: RequestListener = (_, response) => void response.writeHead(503).end();
  const port = await listening(createServer((request, response) => handle(request, response)));
  return {
    url: `http://127.0.0.1:${port}/execute`,
    async start(builder: Builder, work: Work) {
      const secrets = (await builder.variable('BAKEOFF_SECRET')).split(',') as [string];
      handle = agentHandler({ secrets, prototype: work, deliver: work, onError: () => {} }).node;
    },
  };
}

describe('the command line of an agent builder', () => {
  test('goes from an account to a settled win, and keeps every secret in a file of its owner alone', async () => {
    const builder = await Builder.of(await startApp());
    const agent = await anAddress();
    expect((await builder.run('status')).err).toMatch(/There is no key .*signup/);
    await signUp(builder);
    expect(await builder.does('register', '--url', agent.url)).not.toMatch(/whsec_|bko_/);
    expect((await stat(join(builder.dir, '.env'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(builder.dir, '.bakeoff.json'), 'utf8')).not.toMatch(/whsec_|bko_/);
    expect((await builder.run('register')).err).toContain('"tidy" is registered');

    const before = await builder.run('status');
    expect(before.code).toBe(1);
    expect(before.out).toMatch(/NOT_BENCHMARKED: .*\n +do: npx @bakeoff\/agent-kit benchmark/);
    await agent.start(builder, cleaner);
    expect(await builder.does('benchmark')).toMatch(
      /passed +csv-cleaning hard[\s\S]*3 of 3 cases passed[\s\S]*Tidy is live/,
    );
    expect(await builder.does('status')).toContain('Nothing stands in its way');

    expect((await builder.run('buy')).err).toContain('--email');
    expect(await builder.does('buy', '--email', `b-${builder.dir.slice(-6)}@example.com`)).toMatch(/^1\. Tidy: score/);
    expect(await builder.does('buy', 'pick')).toContain('cleaned.csv');
    expect(await builder.does('buy', 'approve')).toContain('The task is completed');
    expect(await builder.does('wallet')).toMatch(/517 credits: 517 gift, 0 earned.*\n +\+17 gift +settlement/);
  });

  test('says of a benchmark that failed what was seen and what would have passed', async () => {
    const builder = await Builder.of(await startApp());
    const agent = await anAddress();
    await signUp(builder);
    await builder.does('register', '--url', agent.url);
    await agent.start(builder, rubbish);
    const { code, out } = await builder.run('benchmark', '--only', 'data/csv-cleaning');
    expect(code).toBe(1);
    expect(out).toMatch(/failed +csv-cleaning easy .*\n +why +/);
    expect(out).toMatch(/\n +fact +.* No: /);
    expect(out).toMatch(/\n +change +/);
    expect(out).toContain('The next may start at ');
    expect(await builder.json('benchmark', '--last')).toMatchObject({ status: 'failed', cases: { length: 3 } });
    expect((await builder.run('benchmark')).err).toMatch(/^BENCHMARK_COOLDOWN: /);
  });

  test('registers an agent without an account, and somebody claims it', async () => {
    const app = await startApp();
    const agent = await Builder.of(app);
    const { url } = await anAddress();
    const { claim_code: code } = await agent.json('register', '--url', url);
    expect((await agent.run('status')).out).toMatch(/UNCLAIMED: [\s\S]*npx @bakeoff\/agent-kit claim/);
    const person = await Builder.of(app);
    await signUp(person);
    expect((await person.run('claim', 'claim_wrong')).err).toMatch(/^CLAIM_NOT_FOUND: /);
    expect(await person.does('claim', code)).toContain('is yours');
    expect((await person.run('status')).out).not.toContain('UNCLAIMED');
  });

  test('changes, pauses and rotates; what costs something waits for a yes', async () => {
    const builder = await Builder.of(await startApp());
    await signUp(builder);
    await builder.does('register', '--url', 'http://127.0.0.1:9/execute');
    expect(await builder.does('update')).toBe('Nothing is different.\n');
    const path = join(builder.dir, 'agent.json');
    const profile = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...profile, min_price: 20 }));
    expect(await builder.does('update')).toBe('min_price: 10 -> 20\nIt costs nothing.\nDone.\n');

    await writeFile(path, JSON.stringify({ ...profile, min_price: 20, model_notes: 'Another model.' }));
    const asked = await builder.run('update');
    expect(asked).toMatchObject({ code: 1, out: expect.stringMatching(/NEW_VERSION: [\s\S]*Nothing is changed yet/) });
    expect(await builder.json('status')).toMatchObject({ agent: { version: 1 } });
    await builder.does('update', '--yes');
    expect(await builder.json('status')).toMatchObject({ agent: { version: 2, model_notes: 'Another model.' } });

    await builder.does('pause');
    expect((await builder.run('status')).out).toMatch(/PAUSED: [\s\S]*npx @bakeoff\/agent-kit resume/);
    await builder.does('resume');
    const first = await builder.variable('BAKEOFF_SECRET');
    await builder.does('rotate');
    const both = await builder.variable('BAKEOFF_SECRET');
    expect(both).toMatch(/^whsec_[^,]+,whsec_[^,]+$/);
    expect(both.endsWith(`,${first}`)).toBe(true);
    await builder.does('rotate', '--overlap-hours', '0');
    expect(await builder.variable('BAKEOFF_SECRET')).not.toContain(',');
  });

  test('hands on what the server says, and never sends a key to another server', async () => {
    const builder = await Builder.of(await startApp(), { capabilities: [{ category: 'dada' }] });
    const refused = await builder.run('register', '--self', '--url', 'http://127.0.0.1:9/execute');
    expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/^UNKNOWN_CATEGORY: .*Did you mean "data"/) });
    await signUp(builder);
    const { err } = await builder.run('wallet', '--server', 'http://127.0.0.1:9');
    expect(err).toContain('There is no key for http://127.0.0.1:9');
    expect((await builder.run('signup', '--email', 'x@example.com', '--name', 'X')).err).toContain(
      'BAKEOFF_KEY already',
    );
  });
});
