// Takes webhooks. BAKEOFF_SECRET=whsec_... PORT=8090 node receive.ts   (Node 24 runs TypeScript as it is)
import { createServer } from 'node:http';
import { SignatureError, verify } from '@bakeoff/agent-kit';

const secrets = [process.env.BAKEOFF_SECRET ?? '']; // while you rotate: the new one and the old one
const seen = new Set<string>(); // a real receiver keeps these ids in its database, in the transaction that handles the event

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks); // the raw bytes: parsed and printed again they are others
  try {
    const { id } = verify({ secrets, headers: request.headers, body, nowS: Date.now() / 1_000 });
    response.writeHead(204).end(); // answer first, work later: 15 s is all there is
    if (seen.has(id)) return;
    seen.add(id);
    const { type, task_id } = JSON.parse(body.toString());
    console.log(JSON.stringify({ type, task_id }));
  } catch (error) {
    response.writeHead(error instanceof SignatureError ? 401 : 500).end();
  }
});

server.listen(Number(process.env.PORT ?? 8090), '127.0.0.1', () => console.log(JSON.stringify(server.address())));
