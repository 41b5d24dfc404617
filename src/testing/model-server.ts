/**
 * A model's endpoint on this machine, over real HTTP, in the shapes of OpenAI, Anthropic and Google: what it
 * answers is scripted, faults included. It stands in for providers that tests cannot reach, and proves nothing about them.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Asked {
  /** Numbers the requests, from 0. */
  readonly n: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export type Behaviour =
  | {
      readonly text: string;
      readonly finish?: 'stop' | 'length' | 'content-filter';
      /** As reported; `null`: not at all. Absent: a count by bytes. */
      readonly usage?: { readonly input: number; readonly output: number } | null;
    }
  /** A body that is no answer of a model. */
  | {
      readonly raw: string;
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The first part of an answer, then the connection is cut. */
  | { readonly half: string }
  | { readonly hang: true };

export interface ModelServer {
  /** With `/v1` where providers have it. */
  readonly url: string;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

export async function modelServer(
  behave: (asked: Asked) => Behaviour,
  { latencyMs = 0 }: { readonly latencyMs?: number } = {},
): Promise<ModelServer> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const one = await read(request, asked.length);
    asked.push(one);
    if (latencyMs > 0) await sleep(latencyMs);
    answer(behave(one), one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage, n: number): Promise<Asked> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return { n, path: request.url ?? '', headers: request.headers, body };
}

function answer(behaviour: Behaviour, asked: Asked, response: ServerResponse): void {
  if ('hang' in behaviour) return;
  if ('half' in behaviour) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
    response.write(behaviour.half, () => response.destroy());
    return;
  }
  if ('raw' in behaviour) {
    const { raw, status = 200, headers = { 'content-type': 'application/json' } } = behaviour;
    response.writeHead(status, headers).end(raw);
    return;
  }
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify(shapeOf(behaviour, asked)));
}

type Said = Extract<Behaviour, { readonly text: string }>;

function shapeOf({ text, finish = 'stop', usage }: Said, { path, body }: Asked): object {
  const counted = usage ?? {
    input: Math.ceil(body.length / 4),
    output: Math.ceil(text.length / 4),
  };
  const isReported = usage !== null;
  if (path.endsWith('/messages')) return anthropic({ text, finish, counted });
  if (path.includes(':generateContent')) return google({ text, finish, counted });
  if (path.endsWith('/responses')) return openAi({ text, finish, counted });
  return {
    id: 'chat',
    object: 'chat.completion',
    created: 0,
    model: 'model',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: text },
        finish_reason: finish === 'content-filter' ? 'content_filter' : finish,
      },
    ],
    ...(isReported ? { usage: chatUsage(counted) } : {}),
  };
}

interface Shaped {
  readonly text: string;
  readonly finish: string;
  readonly counted: { readonly input: number; readonly output: number };
}

function chatUsage({ input, output }: Shaped['counted']): object {
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

function anthropic({ text, finish, counted: { input, output } }: Shaped): object {
  const stop = { stop: 'end_turn', length: 'max_tokens', 'content-filter': 'refusal' }[finish];
  return {
    id: 'msg',
    type: 'message',
    role: 'assistant',
    model: 'model',
    content: [{ type: 'text', text }],
    stop_reason: stop,
    stop_sequence: null,
    usage: { input_tokens: input, output_tokens: output },
  };
}

function google({ text, finish, counted: { input, output } }: Shaped): object {
  const finishReason = { stop: 'STOP', length: 'MAX_TOKENS', 'content-filter': 'SAFETY' }[finish];
  return {
    candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason }],
    usageMetadata: { promptTokenCount: input, candidatesTokenCount: output },
  };
}

function openAi({ text, finish, counted: { input, output } }: Shaped): object {
  const reason = { length: 'max_output_tokens', 'content-filter': 'content_filter' }[finish];
  return {
    id: 'resp',
    object: 'response',
    created_at: 0,
    model: 'model',
    status: reason ? 'incomplete' : 'completed',
    incomplete_details: reason ? { reason } : null,
    output: [
      {
        type: 'message',
        id: 'msg',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text, annotations: [] }],
      },
    ],
    usage: {
      input_tokens: input,
      output_tokens: output,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    },
  };
}
