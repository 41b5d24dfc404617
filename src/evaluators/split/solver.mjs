/**
 * Gives inputs to a candidate, in the jail: the task's solver module exports
 * `solve({ candidate, input, params })`, which loads the candidate from its folder and returns what
 * it makes of the input. Arguments: the module's path and, if steps are to be counted, the most of one
 * answer. What it answers is raw: nothing here scores.
 */
import { isCounted, startCount, stepsTaken } from './counter.mjs';
import { answer, nextQuestion } from './frames.mjs';
import { loadFresh } from './fresh.mjs';
import { plain } from './plain.mjs';
import { ready } from './source.mjs';

const [, , path = ''] = process.argv;
const candidate = process.cwd();
const { stringify } = JSON;
const cpu = process.cpuUsage.bind(process);
let realm;
/** Why there is no realm: said of every input, and no earlier call's realm answers in its place. */
let unloaded;
// What nobody waits for fails nothing: when it is noticed, another input may be answered.
process.on('unhandledRejection', () => undefined);
// What every call needs is read before there is a first one: nobody waits for it yet.
await ready(path).catch(() => undefined);

async function outputsOf(inputs, params) {
  const { solve } = realm.namespace;
  if (typeof solve !== 'function') {
    throw new Error(`${path} exports no function solve({ candidate, input, params }).`);
  }
  // Made in the realm, so that a candidate is handed nothing of this one.
  const solved = realm.caller(solve, stringify({ candidate, inputs, params }));
  const outputs = [];
  for (let i = 0; i < inputs.length; i++) outputs.push(await outputOf(solved, i));
  return outputs;
}

async function outputOf(solved, i) {
  startCount();
  const made = await madeBy(solved, i);
  return isCounted ? { ...made, steps: stepsTaken() } : made;
}

async function madeBy(solved, i) {
  try {
    const output = await solved(i);
    return output === undefined ? { failed: 'solve gave nothing' } : { output: plain(output) };
  } catch (error) {
    return { failed: said(error) };
  }
}

/** What is said of one input: a longer text would be over the limit of all of them. */
const MOST_SAID = 1000;

/** Its folder is another each time, and what is said is to be the same. */
function said(error) {
  try {
    return String(error?.message ?? error)
      .replaceAll(`${candidate}/`, '')
      .slice(0, MOST_SAID);
  } catch {
    return 'an error that cannot be said';
  }
}

async function load(clockMs) {
  realm = unloaded = undefined;
  try {
    realm = await loadFresh(path, clockMs);
  } catch (error) {
    unloaded = { error };
  }
}

async function reply({ nonce, isFirst, inputs, params, clockMs }) {
  const before = cpu();
  let outputs;
  try {
    if (isFirst) await load(clockMs);
    if (unloaded !== undefined) throw unloaded.error;
    outputs = await outputsOf(inputs, params);
  } catch (error) {
    const failed = said(error);
    outputs = inputs.map(() => (isCounted ? { failed, steps: 0 } : { failed }));
  }
  const { user, system } = cpu(before);
  return { nonce, outputs, cpuMs: (user + system) / 1000 };
}

for (;;) answer(await reply(nextQuestion()));
