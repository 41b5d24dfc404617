/** Laws of a sandbox whose runs are talked with: one conversation, every driver. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Conversation, Heard, Limits } from '../sandboxes/contract.ts';
import { type Bench, law, node, type SandboxSubject } from './sandbox-bench.ts';
import type { Suite } from './suite.ts';

/** Doubles `x`, or does to the channel what `act` says. */
const PROGRAM = `
const fs = require('fs');
const take = (count) => {
  const bytes = Buffer.alloc(count);
  for (let taken = 0; taken < count; ) {
    const more = fs.readSync(0, bytes, taken, count - taken);
    if (more === 0) process.exit(0);
    taken += more;
  }
  return bytes;
};
const send = (body) => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(Buffer.byteLength(body));
  const bytes = Buffer.concat([head, Buffer.from(body)]);
  for (let sent = 0; sent < bytes.length; ) sent += fs.writeSync(3, bytes, sent);
};
const say = (value) => send(JSON.stringify(value));
const acts = {
  wait: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  flood: ({ nonce }) => say({ nonce, text: 'x'.repeat(100_000) }),
  twice: ({ nonce }) => [say({ nonce }), say({ nonce })],
  stale: () => say({ nonce: 'of another question' }),
  words: () => send('excess=1'),
  list: () => say([1]),
  end: () => process.exit(7),
  ticks({ nonce }) {
    // A driver may refuse threads: nothing of it runs then.
    ticking ??= ticker();
    say({ nonce, ticks: Atomics.load(ticking, 0) });
  },
};
let ticking;
function ticker() {
  const ticks = new Int32Array(new SharedArrayBuffer(8));
  const count = 'const { workerData: t } = require("worker_threads"); for (;;) { Atomics.wait(t, 1, 0, 1); Atomics.add(t, 0, 1); }';
  try {
    new (require('worker_threads').Worker)(count, { eval: true, workerData: ticks });
  } catch {}
  // It begins while this thread waits, as it does for questions.
  Atomics.wait(ticks, 1, 0, 200);
  return ticks;
}
for (;;) {
  const question = JSON.parse(take(take(4).readUInt32BE()));
  if (question.act) acts[question.act](question);
  else say({ nonce: question.nonce, double: 2 * question.x });
}`;

const ANSWER_MS = 1000;
const ANSWER_BYTES = 20_000;

export function talkLaws(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'talked with: questions are answered one by one, for longer and by more than one answer may be',
    (bench) =>
      talking(bench, async (talk) => {
        const numbers = Array.from({ length: 1000 }, (_, x) => x);
        for (const x of numbers) assert.equal(answerOf(await talk.ask({ x })).double, 2 * x);
        await sleep(ANSWER_MS + 200);
        assert.equal(answerOf(await talk.ask({ x: 4 })).double, 8);
      }),
  ]);
  const ends: readonly (readonly [string, string])[] = [
    ['wait', 'timeout'],
    ['flood', 'overflow'],
    ['end', 'exit'],
  ];
  for (const [act, ended] of ends) {
    law(suite, subject, [
      `talked with: a run that answers by "${act}" is over, ${ended}`,
      (bench) =>
        talking(bench, async (talk) => {
          const heard = await talk.ask({ act });
          assert.equal('end' in heard && heard.end.ended, ended);
          assert.deepEqual(Object.keys(await talk.ask({ x: 1 })), ['end']);
        }),
    ]);
  }
  for (const act of ['stale', 'words', 'list']) {
    law(suite, subject, [
      `talked with: what "${act}" says is no answer, and nothing after it is`,
      (bench) =>
        talking(bench, async (talk) => {
          assert.match(faultOf(await talk.ask({ act })), /^Its answer/);
          assert.match(faultOf(await talk.ask({ x: 1 })), /^Its answer/);
        }),
    ]);
  }
  stillLaw(suite, subject);
  law(suite, subject, [
    'talked with: a second answer meets no question',
    (bench) =>
      talking(bench, async (talk) => {
        await talk.ask({ act: 'twice' });
        await sleep(200);
        assert.match(faultOf(await talk.ask({ x: 1 })), /before it was asked|nonce/);
      }),
  ]);
}

function stillLaw(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'talked with: between two questions no thread of it runs',
    (bench) =>
      talking(bench, async (talk) => {
        const ticks = async (): Promise<number> =>
          Number(answerOf(await talk.ask({ act: 'ticks' })).ticks);
        await ticks();
        await sleep(50);
        const before = await ticks();
        await sleep(400);
        assert.ok((await ticks()) - before < 100, `${await ticks()} after ${before}`);
      }),
  ]);
}

async function talking(
  { sandbox, folder }: Bench,
  body: (talk: Conversation) => Promise<void>,
): Promise<void> {
  const isCounted = 'how' in sandbox.traits.enforces.processes;
  const none = isCounted ? { processes: 1 } : {};
  const limits: Limits = { wallMs: ANSWER_MS, outputBytes: ANSWER_BYTES, ...none };
  const sees = { reads: [], writes: [folder], hides: [] };
  const run = { argv: node(PROGRAM), cwd: folder, environment: {}, ...sees, limits } as const;
  const talk = sandbox.converse({ ...run, answersOn: 3 }, new AbortController().signal);
  try {
    await body(talk);
  } finally {
    await talk.close();
  }
}

function answerOf(heard: Heard): Readonly<Record<string, unknown>> {
  assert.ok('answer' in heard, JSON.stringify(heard));
  return heard.answer;
}

function faultOf(heard: Heard): string {
  assert.ok('fault' in heard, JSON.stringify(heard));
  return heard.fault;
}
