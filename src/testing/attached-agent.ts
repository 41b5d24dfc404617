/**
 * A sandbox whose attached run is an agent in this process: over a real HTTP/2 channel and in the words of the protocol,
 * without processes. What an agent can reach is not its business: that is tried in a jail.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type ClientHttp2Stream, connect } from 'node:http2';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Duplex, duplexPair } from 'node:stream';
import type { Run, RunEnd, Sandbox } from '../sandboxes/contract.ts';
import type { Files } from '../tasks/contract.ts';
import { openSandbox } from './open-sandbox.ts';

/** What the agent makes of its files, told by the prompt. */
export type Works = (files: Files, prompt: string) => Files;

export function attachedAgent(works: Works): Sandbox {
  return { ...openSandbox(), attach: (run, use, signal) => attached(works, { run, use, signal }) };
}

interface Attached {
  readonly run: Omit<Run, 'input' | 'answersOn'>;
  readonly use: (channel: Duplex) => void;
  readonly signal: AbortSignal;
}

const ENDED: RunEnd = {
  ended: 'exit',
  says: 'Ended.',
  exitCode: 0,
  signal: null,
  answer: '',
  evidence: '',
  cpuMs: 0,
};

async function attached(works: Works, { run, use, signal }: Attached): Promise<RunEnd> {
  const [ours, theirs] = duplexPair();
  use(ours);
  const engine = connect('http://engine', { createConnection: () => theirs });
  engine.on('error', () => undefined);
  signal.addEventListener('abort', () => engine.destroy(), { once: true });
  const { editable = [] } = JSON.parse(run.environment['PACELINE_AGENT'] ?? '{}');
  const before = Object.fromEntries(
    (editable as readonly string[]).map((path) => [
      path,
      readFileSync(join(run.cwd, path), 'utf8'),
    ]),
  );
  const prompt = await turn(engine.request({ ':method': 'POST', ':path': '/acp' }));
  const report = { exitCode: 0, signal: null, files: works(before, prompt), changed: [], made: [] };
  const done = engine.request({ ':method': 'POST', ':path': '/done' });
  done.end(JSON.stringify(report));
  done.resume();
  await once(done, 'close');
  engine.close();
  await once(engine, 'close');
  return ENDED;
}

/** Answers what it is asked, to the end of its one turn. @returns The prompt. */
async function turn(talk: ClientHttp2Stream): Promise<string> {
  const results: Readonly<Record<string, object>> = {
    initialize: { protocolVersion: 1 },
    'session/new': { sessionId: 's' },
    'session/prompt': { stopReason: 'end_turn' },
  };
  let prompt = '';
  for await (const line of createInterface({ input: talk })) {
    const { id, method, params } = JSON.parse(line);
    if (method === 'session/prompt') prompt = params.prompt[0].text;
    talk.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: results[method] })}\n`);
  }
  talk.end();
  return prompt;
}
