/** The eval log, held against what Inspect's own classes require (inspect_ai/log/_log.py, version 2). */
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  entry,
  paidStudy,
  recorded,
  settledBody,
  sourceOf,
  textOf,
} from '../../test/golden/recorded.ts';
import type { StoredEvent } from '../core/events.ts';
import { inspectLog } from './inspect-log.ts';

const time = z.iso.datetime({ offset: true });
const error = z.strictObject({
  message: z.string(),
  traceback: z.string(),
  traceback_ansi: z.string(),
});
const bag = z.record(z.string(), z.unknown());
const usage = z.strictObject({
  input_tokens: z.int(),
  output_tokens: z.int(),
  total_tokens: z.int(),
  total_cost: z.number().nullable(),
});
const sample = z.strictObject({
  id: z.union([z.int(), z.string()]),
  epoch: z.int(),
  input: z.string(),
  target: z.string(),
  messages: z.array(z.unknown()),
  output: z.strictObject({
    model: z.string(),
    choices: z.array(
      z.strictObject({
        message: z.strictObject({
          role: z.literal('assistant'),
          content: z.string(),
          source: z.literal('generate'),
          model: z.string(),
        }),
        stop_reason: z.enum(['stop', 'max_tokens', 'unknown']),
      }),
    ),
  }),
  scores: z
    .record(
      z.string(),
      z.strictObject({
        value: z.number(),
        answer: z.string().nullable(),
        explanation: z.string(),
        metadata: bag,
      }),
    )
    .optional(),
  metadata: bag,
  model_usage: z.record(z.string(), usage).optional(),
  completed_at: time.optional(),
  error: error.optional(),
});
const metric = z.strictObject({ name: z.string(), value: z.number(), params: bag });
/** The order of the keys is part of the format: headers are read without the samples. */
const ORDER = ['version', 'status', 'eval', 'plan', 'results', 'stats', 'error', 'samples'];
const log = z.strictObject({
  version: z.literal(2),
  status: z.enum(['started', 'success', 'cancelled', 'error']),
  eval: z.strictObject({
    eval_id: z.string(),
    run_id: z.string(),
    created: time,
    task: z.string(),
    task_id: z.string(),
    task_version: z.union([z.int(), z.string()]),
    tags: z.array(z.string()),
    dataset: z.strictObject({ name: z.string(), samples: z.int(), shuffled: z.boolean() }),
    model: z.string(),
    config: z.strictObject({ epochs: z.int() }),
    packages: z.record(z.string(), z.string()),
    metadata: bag,
  }),
  plan: z.strictObject({ name: z.string(), steps: z.array(z.unknown()), config: bag }),
  results: z.strictObject({
    total_samples: z.int(),
    completed_samples: z.int(),
    scores: z.array(
      z.strictObject({
        name: z.string(),
        scorer: z.string(),
        scored_samples: z.int(),
        unscored_samples: z.int(),
        params: bag,
        metrics: z.record(z.string(), metric),
      }),
    ),
  }),
  stats: z.strictObject({
    started_at: time,
    completed_at: z.union([time, z.literal('')]),
    model_usage: z.record(z.string(), usage),
  }),
  error: error.optional(),
  samples: z.array(sample),
});

async function logOf(events: readonly StoredEvent[], more = {}) {
  const parsed: object = JSON.parse(await textOf(inspectLog(sourceOf(events, more))));
  const keys = Object.keys(parsed);
  expect(keys).toEqual(ORDER.filter((key) => keys.includes(key)));
  return log.parse(parsed);
}

test('a recorded study is a log with a sample for each trial', async () => {
  const { status, results, samples, eval: spec } = await logOf(recorded);
  expect(status).toBe('success');
  expect(samples).toHaveLength(recorded.filter(({ type }) => type === 'trial.settled').length);
  expect([results.total_samples, spec.dataset.samples]).toEqual([samples.length, samples.length]);
  const scores = samples.flatMap((one) => (one.scores ? [one.scores['score']?.value ?? 0] : []));
  const [overall] = results.scores;
  expect(overall?.scored_samples).toBe(scores.length);
  expect(overall?.metrics['mean']?.value).toBeCloseTo(
    scores.reduce((sum, one) => sum + one, 0) / scores.length,
  );
});

test('what has no number has no score, and its outcome is its error', async () => {
  const body = settledBody({ outcome: 'crashed', values: [null], end: 'crashed', message: 'boom' });
  const { samples, results } = await logOf(
    paidStudy([{ type: 'trial.settled', trial: 0, body, at: 5 }]),
  );
  expect(samples[0]).not.toHaveProperty('scores');
  expect(samples[0]?.error?.message).toBe('crashed: boom');
  expect(results.scores[0]).toMatchObject({ scored_samples: 0, unscored_samples: 1, metrics: {} });
});

test('the output is the candidate, to the byte, as its task kind prints it', async () => {
  const text = 'a\u001b[2J\u202e\r\n"b"';
  const events = paidStudy([
    { type: 'trial.settled', trial: 0, body: settledBody({ text }), at: 5 },
    { type: 'trial.settled', trial: 1, body: settledBody({ text: '' }), at: 6 },
  ]);
  const { samples } = await logOf(events, { toSource: (one: string) => `// ${one}` });
  expect(samples[0]?.output.choices[0]?.message.content).toBe(`// ${text}`);
  expect(samples[1]?.output.choices).toEqual([]);
  expect(await textOf(inspectLog(sourceOf(events)))).not.toMatch(/[\u001b\u202e]/);
});

const closed = (reason: 'budget' | 'stopped' | 'failed') => {
  const events = recorded.slice(0, -1);
  return [...events, entry(events, { type: 'study.closed', body: { reason }, at: 2e12 })];
};

test.each([
  ['an interrupted one', recorded.slice(0, -1), 'started'],
  ['one that people stopped', closed('stopped'), 'cancelled'],
  ['one that failed', closed('failed'), 'error'],
  ['one at the end of its budget', closed('budget'), 'success'],
])('the status of %s', async (_name, events, status) => {
  const read = await logOf(events);
  expect(read.status).toBe(status);
  expect(read.stats.completed_at === '').toBe(status === 'started');
  expect(read.error === undefined).toBe(status !== 'error');
});

test('a model is named with what it used, where that is known', async () => {
  const spent = { requests: 1, tokens: 10, microUsd: 500_000 };
  const paid = (more: object) =>
    paidStudy([
      { type: 'spend.reserved', trial: 0, body: { call: 0, to: 'a/m', most: spent }, at: 1 },
      { type: 'spend.settled', trial: 0, body: { call: 0, spent, ...more }, at: 2 },
      { type: 'trial.settled', trial: 0, body: settledBody({ model: 'a/m', spent }), at: 3 },
    ]);
  const known = await logOf(paid({ usage: { input: 7, output: 3 } }));
  expect(known.eval.model).toBe('a/m');
  expect(known.samples[0]?.model_usage).toEqual({
    'a/m': { input_tokens: 7, output_tokens: 3, total_tokens: 10, total_cost: 0.5 },
  });
  expect((await logOf(paid({}))).samples[0]).not.toHaveProperty('model_usage');
});

test('a study without a trial is a log too', async () => {
  const { samples, results } = await logOf(recorded.slice(0, 1));
  expect([samples, results.total_samples]).toEqual([[], 0]);
});
