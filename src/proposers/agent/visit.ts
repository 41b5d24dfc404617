/** Our end of the channel to an agent's jail: who comes with what is told by the path. All of it is foreign. */
import {
  constants,
  type IncomingHttpHeaders,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Duplex } from 'node:stream';
import type { RelayReply, RelayUse } from '../../models/contract.ts';
import { fieldsOf } from './steps.ts';

/** Of a jail's own network: where an agent finds its model. */
export const MODEL_PORT = 8377;

/** What an agent left behind; absent where it never got that far. */
export interface Left {
  /** Its program could not be started: the system's code. */
  readonly fault?: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Editable files; null for what is no longer a text file of a reviewable size. */
  readonly files: Readonly<Record<string, string | null>>;
  /** Others that it changed, and new ones. */
  readonly changed: readonly string[];
  readonly made: readonly string[];
}

export interface Visit {
  /** What the agent says and hears, once it has been started; undefined where the run ended before. */
  readonly talk: Promise<Duplex | undefined>;
  readonly left: Promise<Left | undefined>;
}

/** All editable files of a study are within 1 MiB; JSON may double that. */
const LEFT_BYTES = 16 * 1024 * 1024;
/** Of a call to a model: larger than any context. */
const CALL_BYTES = 32 * 1024 * 1024;
/** Of all calls under way together: what one agent may have us hold. */
const HELD_BYTES = 2 * CALL_BYTES;
/** Calls at a time, with what it says; more are refused by the protocol. */
const MOST_STREAMS = 32;

/** What is left of `HELD_BYTES`. */
interface Room {
  bytes: number;
}

/** @param pass Absent: it may call no model. */
export function receive(channel: Duplex, pass: RelayUse['pass'] | undefined): Visit {
  const session: ServerHttp2Session = performServerHandshake(channel, {
    settings: { maxConcurrentStreams: MOST_STREAMS },
  });
  const room: Room = { bytes: HELD_BYTES };
  session.on('error', () => undefined);
  const talk = promised<Duplex>();
  const left = promised<Left>();
  session.on('close', () => {
    talk.give(undefined);
    left.give(undefined);
  });
  session.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    const path = headers[':path'] ?? '';
    if (path === '/acp') {
      stream.respond({ ':status': 200 });
      talk.give(stream);
    } else if (path === '/done') void reported(stream).then(left.give);
    else if (path.startsWith('/model/') && pass) void passedOn(stream, headers, { pass, room });
    else stream.close(constants.NGHTTP2_REFUSED_STREAM);
  });
  return { talk: talk.promise, left: left.promise };
}

function promised<T>(): {
  readonly promise: Promise<T | undefined>;
  readonly give: (value: T | undefined) => void;
} {
  let give = (_value: T | undefined): void => undefined;
  const promise = new Promise<T | undefined>((resolve) => {
    give = resolve;
  });
  return { promise, give: (value) => give(value) };
}

async function reported(stream: ServerHttp2Stream): Promise<Left | undefined> {
  const body = await bodyOf(stream, { bytes: LEFT_BYTES });
  // It may be gone by now: nobody has to wait for the answer.
  if (!stream.destroyed && !stream.closed) {
    stream.respond({ ':status': 200 }, { endStream: true });
  }
  return body === undefined ? undefined : leftOf(body.toString());
}

interface Passing {
  readonly pass: RelayUse['pass'];
  readonly room: Room;
}

async function passedOn(
  stream: ServerHttp2Stream,
  { ':path': path = '', ':method': method = '', ...headers }: IncomingHttpHeaders,
  { pass, room }: Passing,
): Promise<void> {
  const body = await bodyOf(stream, { bytes: CALL_BYTES }, room);
  if (body === undefined) return stream.close(constants.NGHTTP2_REFUSED_STREAM);
  const named = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && !name.startsWith(':') ? [[name, value]] : [],
  );
  const asked = { method, path: path.slice('/model'.length), headers: Object.fromEntries(named) };
  const left = new AbortController();
  stream.once('close', () => left.abort(new Error('Nobody waits for it.')));
  const reply = await pass({ ...asked, body, signal: left.signal }).finally(() => {
    room.bytes += body.length;
  });
  await answer(stream, reply);
}

async function answer(stream: ServerHttp2Stream, reply: RelayReply): Promise<void> {
  const { status, headers, body } = reply;
  try {
    if (!stream.destroyed) stream.respond({ ...headers, ':status': status });
    for await (const chunk of body) {
      if (stream.destroyed) break;
      if (!stream.write(chunk)) await drained(stream);
    }
    stream.end();
  } catch {
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }
}

function drained(stream: ServerHttp2Stream): Promise<void> {
  return new Promise((go) => {
    const on = (): void => {
      stream.off('drain', on);
      stream.off('close', on);
      go();
    };
    stream.on('drain', on);
    stream.on('close', on);
  });
}

/** Undefined for more than there is room, and for what ends in the middle; then it takes up none. */
async function bodyOf(
  stream: ServerHttp2Stream,
  ...rooms: readonly Room[]
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  const take = (bytes: number): void => {
    for (const room of rooms) room.bytes -= bytes;
  };
  let size = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      take((chunk as Buffer).length);
      if (rooms.some(({ bytes }) => bytes < 0)) throw new RangeError('There is no room for it.');
    }
  } catch {
    take(-size);
    return undefined;
  }
  return Buffer.concat(chunks);
}

function leftOf(body: string): Left | undefined {
  try {
    const { fault, exitCode, signal, files, changed, made } = fieldsOf(JSON.parse(body));
    const texts = Object.entries(fieldsOf(files)).map(
      ([path, text]) => [path, typeof text === 'string' ? text : null] as const,
    );
    return {
      ...(typeof fault === 'string' ? { fault } : {}),
      exitCode: typeof exitCode === 'number' ? exitCode : null,
      signal: typeof signal === 'string' ? signal : null,
      files: Object.fromEntries(texts),
      changed: namesIn(changed),
      made: namesIn(made),
    };
  } catch {
    return undefined;
  }
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
