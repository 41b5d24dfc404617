import { duplexPair, Readable, Writable } from 'node:stream';
import { type AgentContext, agent, methods, ndJsonStream } from '@agentclientprotocol/sdk';
import { expect, test } from 'vitest';
import { thorough } from '../../../test/thorough.ts';
import type { Step } from '../../core/steps.ts';
import { JAILED } from './permission.ts';
import { Journal } from './steps.ts';
import { oneTurn } from './turn.ts';

/** A turn with an agent on the library of the protocol. */
async function turnWith(work: (client: AgentContext, text: string) => Promise<void>) {
  const [ours, theirs] = duplexPair();
  const app = agent({ name: 'theirs' })
    .onRequest(methods.agent.initialize, ({ params }) => ({
      protocolVersion: params.protocolVersion,
      agentCapabilities: { promptCapabilities: { image: true } },
    }))
    .onRequest(methods.agent.session.new, () => ({ sessionId: 'one' }))
    .onRequest(methods.agent.session.prompt, async ({ client, params }) => {
      const [block] = params.prompt;
      await work(client, block?.type === 'text' ? block.text : '');
      return { stopReason: 'end_turn' };
    });
  const stream = ndJsonStream(
    Writable.toWeb(theirs) as WritableStream<Uint8Array>,
    Readable.toWeb(theirs) as ReadableStream<Uint8Array>,
  );
  app.connect(stream);
  const steps: Step[] = [];
  const journal = new Journal((step) => void steps.push(step));
  const end = await oneTurn({ talk: ours, folder: '/w', prompt: 'Go.', rules: JAILED, journal });
  return { end, steps, last: journal.end() };
}

const update = (client: AgentContext, one: object) =>
  client.notify(methods.client.session.update, {
    sessionId: 'one',
    update: one as Parameters<AgentContext['notify']>[1] as never,
  });

test('a turn with an agent on the library of the protocol: updates, permission, the end', async () => {
  let answered: unknown;
  const { end, steps, last } = await turnWith(async (client, text) => {
    expect(text).toBe('Go.');
    await update(client, {
      sessionUpdate: 'agent_thought_chunk',
      content: { type: 'text', text: 'Hm.' },
    });
    answered = await client.request(methods.client.session.requestPermission, {
      sessionId: 'one',
      toolCall: { toolCallId: 't', kind: 'execute', title: 'npm test' },
      options: [{ optionId: 'a', name: 'Always', kind: 'allow_always' }],
    });
    await update(client, {
      sessionUpdate: 'agent_message_chunk',
      content: { type: 'text', text: 'Done.' },
    });
  });
  expect(end).toEqual({ stop: 'end_turn' });
  expect(answered).toEqual({ outcome: { outcome: 'selected', optionId: 'a' } });
  expect(last).toBe('Done.');
  expect(steps).toEqual(
    [
      { kind: 'thought', says: 'Hm.' },
      { kind: 'permission', says: 'allowed (execute) npm test' },
    ].concat([{ kind: 'message', says: 'Done.' }]),
  );
});

test('files and terminals of ours are not there to be asked for', async () => {
  const errors: unknown[] = [];
  const { end } = await turnWith(async (client) => {
    const params = { sessionId: 'one', path: '/etc/passwd' };
    await client
      .request(methods.client.fs.readTextFile, params)
      .catch((error: Error) => errors.push(error.message));
    await client
      .request(methods.client.terminal.create, { sessionId: 'one', command: 'sh' })
      .catch((error: Error) => errors.push(error.message));
  });
  expect(end).toEqual({ stop: 'end_turn' });
  expect(errors).toEqual([
    expect.stringMatching(/Method not found/),
    expect.stringMatching(/Method not found/),
  ]);
});

test('its error ends the turn, in its words made fit for a line', async () => {
  const { end } = await turnWith(() => Promise.reject(new Error('out of\n\u001b[31mink')));
  expect(end).toEqual({ why: expect.stringMatching(/^It answered with an error: /) });
  expect(JSON.stringify(end)).not.toContain('\\u001b');
});

test('words in pieces are one step, and steps are bounded', () => {
  const steps: Step[] = [];
  const journal = new Journal((step) => void steps.push(step));
  for (let i = 0; i < 300; i++) {
    const content = { type: 'text', text: `${i} ` };
    journal.hear({ sessionUpdate: 'agent_thought_chunk', content });
    journal.hear({
      sessionUpdate: 'tool_call',
      title: `call ${i}`,
      kind: 'read',
      status: 'pending',
    });
    journal.hear({ sessionUpdate: 'tool_call_update', title: `call ${i}`, status: 'in_progress' });
  }
  journal.end();
  expect(steps).toHaveLength(257);
  expect(steps[1]).toEqual({ kind: 'tool', says: 'read · call 0 · pending' });
  expect(steps.at(-1)).toEqual({ kind: 'note', says: '344 more steps were not kept.' });
});

thorough('diffs without end hold nobody up', () => {
  const journal = new Journal(() => undefined);
  const side = (sign: string) => Array.from({ length: 3000 }, (_, i) => `${sign}${i}`).join('\n');
  const one = { type: 'diff', path: 'a', oldText: side('a'), newText: side('b') };
  const began = performance.now();
  for (let n = 0; n < 20; n++) {
    const content = Array.from({ length: 100 }, () => one);
    journal.hear({ sessionUpdate: 'tool_call', status: 'pending', content });
  }
  expect(performance.now() - began).toBeLessThan(8000);
});

test('one that asks without end and reads no answer is held up, not we', async () => {
  const [ours, theirs] = duplexPair();
  let sent = 0;
  const ask = (): void => {
    while (sent < 200_000 && !theirs.destroyed) {
      sent += 1;
      const one = { jsonrpc: '2.0', id: `n${sent}`, method: 'fs/read_text_file', params: {} };
      if (!theirs.write(`${JSON.stringify(one)}\n`)) return void theirs.once('drain', ask);
    }
  };
  theirs.on('error', () => undefined);
  ask();
  const journal = new Journal(() => undefined);
  const end = await oneTurn({ talk: ours, folder: '/w', prompt: 'Go.', rules: JAILED, journal });
  expect(end).toEqual({ why: 'It asked us for more than 1024 things.' });
  expect(sent).toBeLessThan(10_000);
});
