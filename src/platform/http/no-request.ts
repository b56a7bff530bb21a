import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { errorBody } from './error.filter.js';
import { BadRequest } from './errors.js';

/** Answers by hand what Node could not even read as a request: no HTTP, headers beyond measure, one that never ended. */
export function answerNoRequest(error: Error & { code?: string }, socket: Socket, requestId: string): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { status, message } = meaningOf(error.code);
  const refusal = new BadRequest(
    'BAD_REQUEST',
    message,
    'Send HTTP/1.1 as RFC 9112 has it, with less than 16 kB of headers.',
  );
  const body = JSON.stringify(errorBody(refusal, { request_id: requestId, timestamp: new Date().toISOString() }));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function meaningOf(code: string | undefined): { status: number; message: string } {
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, message: 'The headers are too large.' };
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, message: 'The request did not end in time.' };
  return { status: 400, message: 'That is no HTTP request.' };
}
