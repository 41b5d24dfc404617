/** The server over Streamable HTTP, on this machine's loopback and nowhere else. */
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { PacelineError } from '../core/errors.ts';
import { type Guard, refusedRequest } from './guard.ts';
import { buildServer } from './server.ts';

export interface HttpOptions {
  readonly root: string;
  /** 127.0.0.1, ::1 or localhost. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

export interface HttpServing {
  readonly url: string;
  /** Known to whoever started it; new at every start, and written nowhere. */
  readonly token: string;
  close(): Promise<void>;
}

const PATH = '/mcp';
const HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);
const LARGEST_BODY = 4 * 1024 * 1024;
/** Clients that left without a word are forgotten, the longest silent first. */
const MOST_SESSIONS = 16;

/** @throws PacelineError `USAGE` for an address that others reach, `WORKSPACE` where the port is taken. */
export async function serveHttp({ root, host, port }: HttpOptions): Promise<HttpServing> {
  if (!HOSTS.has(host)) {
    throw new PacelineError(
      'USAGE',
      `The server listens on loopback alone, so not on ${host}: whoever reaches it may propose to every study of this folder. Use 127.0.0.1, and a tunnel of your own to reach it from elsewhere.`,
      { host },
    );
  }
  const token = randomBytes(32).toString('base64url');
  const sessions: Sessions = new Map();
  const http = createServer((request, response) => {
    const guard: Guard = { port: portOf(http.address()), token };
    answer({ request, response }, { guard, root, sessions }).catch(() => {
      if (!response.headersSent) refuse(response, { status: 500, why: 'The request failed.' });
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', (cause) => reject(taken(host, port, cause)));
    http.listen(port, host, resolve);
  });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${portOf(http.address())}${PATH}`,
    token,
    close: async () => {
      for (const transport of sessions.values()) await transport.close();
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function taken(host: string, port: number, cause: Error): PacelineError {
  return new PacelineError(
    'WORKSPACE',
    `Nothing can listen on ${host}, port ${port}: ${cause.message}. Name another port with --http, or 0 for any that is free.`,
    { host, port },
    { cause },
  );
}

/** In the order in which they last spoke. */
type Sessions = Map<string, WebStandardStreamableHTTPServerTransport>;

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface Serving {
  readonly guard: Guard;
  readonly root: string;
  readonly sessions: Sessions;
}

async function answer({ request, response }: Exchange, serving: Serving): Promise<void> {
  const refused = refusedRequest(request, serving.guard);
  if (refused) return refuse(response, refused);
  if (request.url?.split('?')[0] !== PATH) {
    return refuse(response, { status: 404, why: `The server is at ${PATH}.` });
  }
  const body = request.method === 'POST' ? await bodyOf(request) : undefined;
  if (body === 'too-large') {
    return refuse(response, { status: 413, why: `At most ${LARGEST_BODY} bytes.` });
  }
  if (body === 'no-json') return refuse(response, { status: 400, why: 'The body is no JSON.' });
  const transport = await transportFor(request, serving);
  if (transport) {
    const asked = new Request(`http://loopback${PATH}`, {
      method: request.method ?? 'GET',
      headers: headersOf(request),
    });
    return send(response, await transport.handleRequest(asked, { parsedBody: body }));
  }
  refuse(response, { status: 404, why: 'That session has ended. Initialise another.' });
}

function headersOf({ headers }: IncomingMessage): Headers {
  return new Headers(
    Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
  );
}

/** A stream of events ends when the client goes: that is no failure. */
async function send(response: ServerResponse, { status, headers, body }: Response): Promise<void> {
  response.writeHead(status, Object.fromEntries(headers));
  if (body === null) return void response.end();
  await pipeline(Readable.fromWeb(body as ReadableStream), response).catch(() => undefined);
}

function refuse(
  response: ServerResponse,
  { status, why }: { readonly status: number; readonly why: string },
): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(
    JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message: why }, id: null }),
  );
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) return 'too-large';
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return 'no-json';
  }
}

/** The session's, or a new one for whoever names none: the transport itself refuses all but a beginning. */
async function transportFor(
  { headers }: IncomingMessage,
  { root, sessions }: Serving,
): Promise<WebStandardStreamableHTTPServerTransport | undefined> {
  const named = headers['mcp-session-id'];
  if (named !== undefined) {
    const known = sessions.get(String(named));
    if (known) {
      sessions.delete(String(named));
      sessions.set(String(named), known);
    }
    return known;
  }
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    enableJsonResponse: true,
    onsessioninitialized: (id) => {
      sessions.set(id, transport);
      for (const [oldest, other] of sessions) {
        if (sessions.size <= MOST_SESSIONS) break;
        sessions.delete(oldest);
        void other.close();
      }
    },
    onsessionclosed: (id) => void sessions.delete(id),
  });
  await buildServer(root).connect(transport as Transport);
  return transport;
}
