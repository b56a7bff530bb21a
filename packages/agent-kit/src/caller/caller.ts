import { Buffer } from 'node:buffer';
import type { ExecuteRequest } from '../contract/request.js';
import { sign } from '../sign.js';
import { type Came, exchange, type Sending, type Transport } from './exchange.js';

export interface Endpoint {
  /** `POST`, ends in /execute. */
  executeUrl: string;
  /** `GET`, beside it. */
  healthUrl: string;
}

export interface CallOptions extends Pick<Sending, 'readAfterMs' | 'hangUpAfterMs' | 'timeoutMs'> {
  /** The caller's own when absent. */
  secrets?: readonly string[];
  /** Seconds since 1970; now when absent. */
  timestampS?: number;
  /** The body as it is sent, when that is not the request as JSON. It is what is signed. */
  text?: string;
  /** Changes the signed headers; undefined takes one away. */
  headers?: (signed: Readonly<Record<string, string>>) => Record<string, string | undefined>;
  /** Changes how the signed bytes go out. */
  body?: (bytes: Uint8Array) => Uint8Array | AsyncIterable<Uint8Array>;
}

/** Signs and sends calls to one agent, as the platform does. */
export class Caller {
  constructor(
    readonly endpoint: Endpoint,
    /** Each of them signs. */
    private readonly secrets: readonly string[],
    private readonly transport: Transport = exchange,
    /** Milliseconds since 1970. */
    private readonly now: () => number = Date.now,
  ) {}

  /** A signed `POST .../execute`. Never rejects for what the agent does. */
  call(
    request: Pick<ExecuteRequest, 'call_id' | 'task_id' | 'phase'>,
    { secrets = this.secrets, timestampS = this.nowS(), text, headers, body, ...manner }: CallOptions,
  ): Promise<Came> {
    const bytes = Buffer.from(text ?? JSON.stringify(request));
    const signed = {
      ...sign({ secrets, id: request.call_id, timestampS, body: bytes }),
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'Bakeoff/agent-kit',
      'bakeoff-task-id': request.task_id,
      'bakeoff-phase': request.phase,
      'content-length': String(bytes.byteLength),
    };
    const sent = Object.entries(headers?.(signed) ?? signed).filter((header) => header[1] !== undefined);
    return this.transport({
      url: this.endpoint.executeUrl,
      method: 'POST',
      headers: Object.fromEntries(sent) as Record<string, string>,
      body: body?.(bytes) ?? bytes,
      ...manner,
    });
  }

  health(timeoutMs: number): Promise<Came> {
    const headers = { accept: 'application/json', 'user-agent': 'Bakeoff/agent-kit' };
    return this.transport({ url: this.endpoint.healthUrl, method: 'GET', headers, timeoutMs, maxBytes: 65_536 });
  }

  /** A GET of the address that takes calls alone. */
  wrongMethod(timeoutMs: number): Promise<Came> {
    return this.transport({ url: this.endpoint.executeUrl, method: 'GET', headers: {}, timeoutMs });
  }

  /** Seconds since 1970. */
  nowS(): number {
    return Math.floor(this.now() / 1_000);
  }
}
