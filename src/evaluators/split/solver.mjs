/**
 * Gives inputs to a candidate, in the jail: the task's solver module exports
 * `solve({ candidate, input, params })`, which loads the candidate from its folder and returns what
 * it makes of the input. Argument: the module's path. What it answers is raw: nothing here scores.
 */
import { answer, nextQuestion } from './frames.mjs';
import { loadFresh, ready } from './fresh.mjs';

const [, , path = ''] = process.argv;
const candidate = `${process.cwd()}/candidate`;
const { parse, stringify } = JSON;
const { isFinite } = Number;
const cpu = process.cpuUsage.bind(process);
let fresh;
// What every call needs is read before there is a first one: nobody waits for it yet.
await ready(path).catch(() => undefined);

async function outputOf(input, params) {
  const { namespace, parse: within } = fresh;
  if (typeof namespace.solve !== 'function') {
    return { failed: `${path} exports no function solve({ candidate, input, params })` };
  }
  try {
    const given = within(stringify({ candidate, input, params }));
    const output = await namespace.solve(given);
    return output === undefined ? { failed: 'solve gave nothing' } : { output: plain(output) };
  } catch (error) {
    return { failed: said(error) };
  }
}

/** Taken apart here, where what it does to that is its own harm. */
function plain(output) {
  const text = stringify(output, refuseUnknown);
  if (text === undefined) throw new TypeError('solve gave what JSON cannot hold');
  return parse(text);
}

/** JSON would make it null, which arithmetic takes for 0. */
function refuseUnknown(_, value) {
  if (typeof value === 'number' && !isFinite(value)) throw new RangeError(`solve gave ${value}`);
  return value;
}

/** Its folder is another each time, and what is said is to be the same. */
function said(error) {
  try {
    return String(error?.message ?? error).replaceAll(`${candidate}/`, '');
  } catch {
    return 'an error that cannot be said';
  }
}

for (;;) {
  const { nonce, isFirst, inputs, params } = nextQuestion();
  const before = cpu();
  let outputs;
  try {
    if (isFirst) fresh = await loadFresh(path);
    outputs = [];
    for (const input of inputs) outputs.push(await outputOf(input, params));
  } catch (error) {
    outputs = inputs.map(() => ({ failed: said(error) }));
  }
  const { user, system } = cpu(before);
  answer({ nonce, outputs, cpuMs: (user + system) / 1000 });
}
