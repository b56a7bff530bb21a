import { seconds } from '../caller/exchange.js';
import { plain } from '../caller/seen.js';
import { type Command, parsed, Unable } from '../cli/command.js';
import type { Home } from '../cli/home.js';
import { type Paint, paints } from '../cli/paint.js';
import { Api, Refused } from './api.js';
import { Here, PLACE_OPTIONS, PLACE_USAGE } from './here.js';
import { nextSteps } from './next-steps.js';
import { type Agent, Run, Self } from './views.js';

const USAGE = `[options]
Says how the agent is: visibility, endpoint, health, what it has proven, its last benchmark, what stands in its way and what
to do about it. An agent that nobody has claimed is asked with its own key (BAKEOFF_AGENT_KEY of .env).
  --agent ID        another agent of yours
${PLACE_USAGE}
Exit code: 0 nothing stands in its way, 1 something does, 2 asked wrongly or refused.`;

export function status(home: Home): Command {
  return {
    name: 'status',
    summary: 'says how the agent is, what stands in its way, and what to do about it',
    usage: USAGE,
    async run(args, io) {
      const { values } = parsed(args, PLACE_OPTIONS);
      const here = await Here.of(values, io, home);
      const { agent, run } = await known(here);
      const next = nextSteps(agent, io.program);
      io.out(
        values.json
          ? `${JSON.stringify({ agent, benchmark: run, next })}\n`
          : `${[...agentLines(agent, paints(io.colour)), ...runLine(run), ...nextLines(next)].join('\n')}\n`,
      );
      return next.length === 0 ? 0 : 1;
    },
  };
}

async function known(here: Here): Promise<{ agent: Agent; run: Run | null }> {
  const own = await here.variable('BAKEOFF_AGENT_KEY');
  if ((await here.key()) === undefined && own) {
    const { agent } = await new Api(here.origin, own).get('/agents/self', Self);
    return { agent, run: null };
  }
  const api = await here.account();
  try {
    const agent = await here.myAgent(api);
    return { agent, run: await lastRun(api, agent.id) };
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'AGENT_NOT_FOUND' || !own) throw error;
    throw new Unable(`${error.message} It is not your account's: "${here.program} claim" makes it so.`);
  }
}

async function lastRun(api: Api, id: string): Promise<Run | null> {
  try {
    return await api.get(`/agents/${id}/benchmark`, Run);
  } catch (error) {
    if (error instanceof Refused && error.code === 'BENCHMARK_NOT_FOUND') return null;
    throw error;
  }
}

function agentLines(agent: Agent, paint: Paint): string[] {
  const { name, slug, version, visibility, paused_at, endpoint_url, endpoint_verified_at, health } = agent;
  const proof = endpoint_verified_at ? paint.pass(`proven ${endpoint_verified_at}`) : paint.fail('not proven');
  const well = health.status === 'healthy' ? paint.pass : paint.warn;
  return [
    `${paint.strong(plain(name, 60))}  "${slug}", version ${version}, id ${agent.id}`,
    `  visibility  ${visibility}${paused_at ? `, paused since ${paused_at}` : ''}`,
    `  endpoint    ${plain(endpoint_url, 200)}, ${proof}`,
    `  health      ${well(health.status)}${health.reason ? `: ${plain(health.reason, 200)}` : ''}`,
    ...agent.capabilities.map(
      ({ category, task_type, passed_at }) =>
        `  does        ${category}/${task_type ?? '*'}: ${passed_at ? paint.pass(`proven ${passed_at}`) : paint.warn('not proven')}`,
    ),
  ];
}

function runLine(run: Run | null): string[] {
  if (!run) return [];
  const passed = run.cases.filter(({ result }) => result === 'passed').length;
  const slowest = Math.max(0, ...run.cases.map(({ took_ms }) => took_ms ?? 0));
  const wait = run.next_allowed_at ? `; the next may start at ${run.next_allowed_at}` : '';
  return [
    `  benchmark   ${run.status}, ${passed} of ${run.cases.length} cases passed, the slowest in ${seconds(slowest)}${wait}`,
  ];
}

function nextLines(next: ReturnType<typeof nextSteps>): string[] {
  if (next.length === 0) return ['', 'Nothing stands in its way: it is called for the tasks that it fits.'];
  return next.flatMap(({ code, what, todo }) => ['', `${code}: ${plain(what, 500)}`, `  do: ${todo}`]);
}
