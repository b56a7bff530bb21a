// Calls an agent as Bakeoff would, with the example request, a new id and a deadline 420 s from now:
//   BAKEOFF_SECRET=whsec_... node call.ts http://127.0.0.1:8080/execute ['{"budget":{"amount":5,"currency":"credits"}}']
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseAnswer, sign } from '@bakeoff/agent-kit';

const [url = 'http://127.0.0.1:8080/execute', changes = '{}'] = process.argv.slice(2);
const { vectors } = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8'));
const id = randomUUID();
const request = {
  ...JSON.parse(vectors[0].body),
  call_id: id,
  deadline_at: new Date(Date.now() + 420_000).toISOString(),
  ...JSON.parse(changes),
};
const body = JSON.stringify(request);
const secrets = [process.env.BAKEOFF_SECRET ?? ''];
const headers = {
  'content-type': 'application/json',
  'bakeoff-task-id': request.task_id,
  'bakeoff-phase': request.phase,
  ...sign({ secrets, id, timestampS: Math.floor(Date.now() / 1000), body }),
};

const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' });
const answer = new Uint8Array(await response.arrayBuffer());
console.log(response.status, new TextDecoder().decode(answer));
if (response.status !== 200) process.exit(1);
const parsed = parseAnswer(answer);
console.log(parsed.ok ? 'The contract accepts it.' : `The contract refuses it: ${parsed.problem}`);
process.exitCode = parsed.ok ? 0 : 1;
