// Eight agents in one process that each take 200 ms over an answer, verifying nothing: what is measured is the house.
import { createServer } from 'node:http';

const WORK_MS = 200;
let answers = 0;
/** No two answers are the same, as in life: each is stored, and each is judged for what it is. */
const words = (n: number) => {
  const turn = ++answers;
  return Array.from({ length: n }, (_, i) => `word${((i + turn) * 7919) % 1000}`).join(' ');
};

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    if (request.method === 'GET') return void response.end('{"status":"ok"}');
    const body = JSON.stringify({
      artifacts: [{ type: 'text', name: 'work.txt', media_type: 'text/plain', content: words(200) }],
      price: 1,
      summary: request.url,
    });
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(body), WORK_MS);
  });
});

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  console.log(JSON.stringify({ url: `http://127.0.0.1:${address.port}` }));
});
