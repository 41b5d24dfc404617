/** One turn of an agent over the Agent Client Protocol (version 1), of which we are the client. */
import type { Duplex } from 'node:stream';
import {
  type AnyMessage,
  client,
  methods,
  ndJsonStream,
  PROTOCOL_VERSION,
  RequestError,
  type RequestPermissionRequest,
} from '@agentclientprotocol/sdk';
import { said } from '../../core/said.ts';
import { decide, MOST_ASKED, type Rules } from './permission.ts';
import { type Fields, fieldsOf, type Journal } from './steps.ts';

export interface TurnOptions {
  /** Its standard output, and its standard input. */
  readonly talk: Duplex;
  /** Its worktree, as it sees it. */
  readonly folder: string;
  readonly prompt: string;
  readonly rules: Rules;
  readonly journal: Journal;
}

export type TurnEnd =
  | { readonly stop: string }
  /** `isForAll`: no other proposal of this agent would fare better. */
  | { readonly why: string; readonly isForAll?: true };

/** Longest message; a diff of a whole file is in one. */
const MESSAGE_BYTES = 8 * 1024 * 1024;

/** It works in its own worktree with tools of its own: none of ours are offered. */
const HELLO = {
  protocolVersion: PROTOCOL_VERSION,
  clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
  clientInfo: { name: 'paceline', version: '1' },
};

/** Never rejects: what goes wrong is why there is no turn. */
export async function oneTurn(options: TurnOptions): Promise<TurnEnd> {
  const { talk, folder, prompt } = options;
  let fault: string | undefined;
  const give = (why: string): void => {
    fault ??= why;
    hangUp(talk, why);
  };
  const app = client({ name: 'paceline' }).onRequest(
    methods.client.session.requestPermission,
    asIs<RequestPermissionRequest>,
    answering(options, give),
  );
  try {
    return await app.connectWith(guarded(options, give), async (agent) => {
      const ask = async (method: string, params: object): Promise<Fields> =>
        fieldsOf(await agent.request(method, params));
      const { protocolVersion } = await ask(methods.agent.initialize, HELLO);
      if (protocolVersion !== PROTOCOL_VERSION) {
        const theirs = said(String(protocolVersion));
        const why = `It speaks version ${theirs} of the protocol, and we ${PROTOCOL_VERSION}.`;
        return { why, isForAll: true };
      }
      const opened = { cwd: folder, mcpServers: [] };
      const { sessionId } = await ask(methods.agent.session.new, opened);
      const asked = { sessionId, prompt: [{ type: 'text', text: prompt }] };
      const { stopReason } = await ask(methods.agent.session.prompt, asked);
      return fault ? { why: fault } : { stop: said(String(stopReason), { quotes: false }) };
    });
  } catch (error) {
    const end = fault === undefined ? brokenBy(error) : { why: fault };
    hangUp(talk, end.why);
    return end;
  } finally {
    talk.end();
  }
}

/** With an error: else the other side waits until the agent has read what it was sent, and it need not. */
function hangUp(talk: Duplex, why: string): void {
  talk.destroy(new Error(why));
}

type Asked = { readonly params: RequestPermissionRequest };

function answering({ rules, folder, journal }: TurnOptions, give: (why: string) => void) {
  let asked = 0;
  return ({ params }: Asked) => {
    asked += 1;
    if (asked > MOST_ASKED) give(`It asked for permission more than ${MOST_ASKED} times.`);
    const { response, step } = decide(params, rules, folder);
    journal.note(step);
    return response;
  };
}

/** What it sends is looked at where it is used, and not held to a schema: agents are ahead of any. */
function asIs<T>(params: unknown): T {
  return params as T;
}

/**
 * What it tells is heard here, and the library gets requests and the answers to ours: it prints what it cannot use, and
 * that would be the agent's text on our screen.
 */
function guarded({ talk, journal }: TurnOptions, give: (why: string) => void) {
  const { readable, writable } = ndJsonStream(writableOf(talk), readableOf(talk), {
    maxMessageBytes: MESSAGE_BYTES,
  });
  const asked = new Set<unknown>();
  const out = new TransformStream<AnyMessage, AnyMessage>({
    transform(message, controller) {
      if ('method' in message && 'id' in message) asked.add(message.id);
      controller.enqueue(message);
    },
  });
  out.readable.pipeTo(writable).catch(() => undefined);
  let requests = 0;
  const inward = new TransformStream<AnyMessage, AnyMessage>({
    transform(message, controller) {
      const { method, id, params } = fieldsOf(message);
      const isRequest = typeof method === 'string' && id !== undefined;
      if (isRequest) requests += 1;
      // Each has an answer, which waits here until it is read.
      if (requests > MOST_REQUESTS) give(`It asked us for more than ${MOST_REQUESTS} things.`);
      else if (isRequest || (method === undefined && asked.delete(id))) controller.enqueue(message);
      else if (method === methods.client.session.update) journal.hear(fieldsOf(params).update);
      else if (typeof method !== 'string') give(NO_MESSAGE);
    },
  });
  return { writable: out.writable, readable: readable.pipeThrough(inward) };
}

/** Asked for more often, permission or not, the turn is over. */
const MOST_REQUESTS = 1024;

const NO_MESSAGE = 'What it says is no message of the Agent Client Protocol.';

function writableOf(talk: Duplex): WritableStream<Uint8Array> {
  return new WritableStream({
    write: (bytes) =>
      new Promise((done, fail) => {
        talk.write(bytes, (error) => (error ? fail(error) : done()));
      }),
    close: () => void talk.end(),
  });
}

function readableOf(talk: Duplex): ReadableStream<Uint8Array> {
  const chunks = talk[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

/** Of JSON-RPC, as the protocol uses them. */
const AUTH_REQUIRED = -32000;
const METHOD_NOT_FOUND = -32601;

function brokenBy(error: unknown): Extract<TurnEnd, { readonly why: string }> {
  if (!(error instanceof RequestError)) return { why: 'It ended before its turn was over.' };
  const words = said(error.message, { quotes: false }).replace(/\.$/, '');
  if (error.code === AUTH_REQUIRED) {
    return {
      why: `It wants to log in (${words}). Give it endpoint, whose key we add; or let it use its own login with login: own.`,
      isForAll: true,
    };
  }
  if (error.code === METHOD_NOT_FOUND) return { why: `It does not speak the protocol: ${words}.` };
  return { why: `It answered with an error: ${words}.` };
}
