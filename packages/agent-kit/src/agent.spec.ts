import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { anAgent, aRequest, closeAll, closing, errorOf, signedCall } from '../test/calls.js';
import { BadSecret } from './sign.js';

afterEach(closeAll);
describe('an agent', () => {
  test('does not start without a usable secret', () => {
    expect(() => anAgent({ secret: '' })).toThrow(BadSecret);
    expect(() => anAgent({ secret: 'my-secret' })).toThrow('whsec_');
  });

  test('says so when something read the body before it', async () => {
    const handler = anAgent();
    const used = new Request('http://agent.example/execute', signedCall(aRequest()));
    await used.text();
    expect(await errorOf(await handler.fetch(used))).toMatchObject({ status: 500, code: 'body_already_read' });

    const server = createServer((request, response) => {
      request.on('end', () => handler.node(request, response)).resume();
    }).listen(0, '127.0.0.1');
    closing.push(() => server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/execute`, signedCall(aRequest()));
    expect(await errorOf(response)).toMatchObject({ code: 'body_already_read' });
  });

  test('goes on when a caller hangs up in the middle of its body', async () => {
    const server = createServer(anAgent().node).listen(0, '127.0.0.1');
    closing.push(() => server.close().closeAllConnections());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /execute HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    await once(server, 'request');
    socket.destroy();
    await once(socket, 'close');
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  });
});
