import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Attachment } from '../contract/request.js';

export interface FileToServe {
  name: string;
  media_type: string;
  bytes: Uint8Array;
  /** Answers 403 with an error of the platform's, as a link does that is no longer good. */
  expired?: true;
}

export interface ServedFile {
  attachment: Attachment;
  /** How often it was asked for; null where nobody counts. */
  asked(): number | null;
}

export interface FileServer {
  serve(file: FileToServe): ServedFile;
  close(): void;
}

interface Entry {
  file: FileToServe;
  asked: number;
}

const EXPIRED = JSON.stringify({
  ok: false,
  error: { code: 'LINK_EXPIRED', message: 'This link is not valid, or not any more.', suggestion: '' },
});

/** Serves a buyer's files on 127.0.0.1 for as long as the command runs. */
export async function fileServer(): Promise<FileServer> {
  const entries = new Map<string, Entry>();
  const server = createServer((request, response) => answer(entries.get(request.url ?? ''), response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    serve(file) {
      const path = `/files/${randomUUID()}?sig=practice`;
      const entry: Entry = { file, asked: 0 };
      entries.set(path, entry);
      const { name, media_type, bytes } = file;
      return {
        attachment: { name, media_type, size: bytes.byteLength, url: `http://127.0.0.1:${port}${path}` },
        asked: () => entry.asked,
      };
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(entry: Entry | undefined, response: ServerResponse): void {
  if (!entry) return void response.writeHead(404).end();
  entry.asked += 1;
  if (entry.file.expired) return void response.writeHead(403, { 'content-type': 'application/json' }).end(EXPIRED);
  const { media_type, bytes } = entry.file;
  response.writeHead(200, { 'content-type': media_type, 'content-length': bytes.byteLength }).end(bytes);
}
