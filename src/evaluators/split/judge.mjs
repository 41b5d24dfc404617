/**
 * Asks a task's judge and lets it score, in a process that never sees a candidate: its module exports
 * `ask({ seed, instance, params })`, what a candidate is given, and `score({ seed, instance, input,
 * output, params })`, one record of metrics. Argument: the module's path.
 */
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { answer, nextQuestion } from './frames.mjs';
import { watchIntrinsics } from './intrinsics.mjs';

const [, , path = ''] = process.argv;
if (/\.m?ts$/.test(path)) register('../function/typescript-hooks.mjs', import.meta.url);
const judge = await import(pathToFileURL(path).href);
const changed = watchIntrinsics();

/** JSON turns NaN and Infinity into null; as text the message can name them. */
function plain(value) {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function recordOf(metrics) {
  if (typeof metrics !== 'object' || metrics === null || Array.isArray(metrics)) {
    return { error: `score gave ${String(metrics)}, not a record of metrics` };
  }
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, plain(value)]));
}

/** What a judge makes of a hostile output may be an error of its own: that case has no value then. */
async function scored(one, params) {
  try {
    return recordOf(await judge.score({ ...one, params }));
  } catch (error) {
    return { error: `score failed: ${error?.message ?? error}` };
  }
}

async function inputOf({ seed, instance }, params) {
  if (judge.ask === undefined) return instance;
  return judge.ask({ seed, instance, params });
}

async function reply({ nonce, asks, scores, params }) {
  if (asks !== undefined) {
    const inputs = [];
    for (const one of asks) inputs.push((await inputOf(one, params)) ?? null);
    return { nonce, inputs };
  }
  const metrics = [];
  for (const one of scores) metrics.push(await scored(one, params));
  const spoiled = changed();
  return spoiled === undefined ? { nonce, metrics } : { nonce, spoiled };
}

if (typeof judge.score !== 'function') {
  throw new Error(`${path} exports no function score({ seed, instance, input, output, params }).`);
}
for (;;) answer(await reply(nextQuestion()));
