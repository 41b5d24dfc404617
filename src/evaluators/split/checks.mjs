/**
 * Properties and relations of a task, in a process that never sees a candidate: the user's module exports
 * `inputs(fc)`, `properties`, `relations` and `impossible` (docs/checks.md). One batch of inputs is held at
 * a time; outputs are brought from outside, where candidates run. Argument: the module's path.
 */
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import { answer, nextQuestion } from './frames.mjs';
import { watchIntrinsics } from './intrinsics.mjs';
import { plain } from './plain.mjs';

const [, , path = ''] = process.argv;
const MOST_SAID = 500;
/** Inputs tried to make a failing one smaller; the smallest found by then is shown. */
const MOST_SHRUNK = 40;
const { parse, stringify } = JSON;
const cpu = process.cpuUsage.bind(process);

const trouble = [];
const module = await loaded();
const arbitrary = made('inputs', () => module.inputs?.(fc));
const properties = section('properties', (one) => typeof one === 'function');
const relations = section(
  'relations',
  (one) => typeof one?.change === 'function' && typeof one?.holds === 'function',
);
const impossible = section('impossible', (one) => typeof one?.passes === 'function');
const changed = watchIntrinsics();

let inputs = [];
let outputs = [];
let references;
/** By relation: what each input became, where it says something about it. */
const changes = new Map();
let hasReadReference = false;

async function loaded() {
  try {
    if (/\.m?ts$/.test(path)) register('../function/typescript-hooks.mjs', import.meta.url);
    return await import(pathToFileURL(path).href);
  } catch (error) {
    trouble.push(`it does not load: ${said(error)}`);
    return {};
  }
}

function made(name, make) {
  try {
    return make();
  } catch (error) {
    trouble.push(`${name} failed: ${said(error)}`);
    return undefined;
  }
}

function section(name, fits) {
  const value = module[name] ?? {};
  const wrong = Object.keys(value).find((key) => !fits(value[key]));
  if (wrong === undefined) return value;
  trouble.push(`${name}.${wrong} is not of its form`);
  return {};
}

function said(error) {
  try {
    return String(error?.message ?? error).slice(0, MOST_SAID);
  } catch {
    return 'an error that cannot be said';
  }
}

function describe() {
  return {
    trouble: trouble[0],
    drawsInputs: arbitrary !== undefined,
    properties: Object.keys(properties),
    relations: Object.keys(relations),
    impossible: Object.keys(impossible).map((name) => ({
      name,
      input: impossible[name].input ?? null,
    })),
  };
}

/** As JSON holds it: what the candidate gets is what properties are asked about. */
function input(value, what) {
  try {
    return plain(value);
  } catch (error) {
    throw new TypeError(said(error).replace(/^solve gave/, `${what} gave`));
  }
}

function draw({ seed, count }) {
  inputs = fc.sample(arbitrary, { seed, numRuns: count }).map((value) => input(value, 'inputs'));
  return { inputs };
}

/** Uniform in [0, 1): mulberry32, the same for the same input. */
function randomFor(text, seed) {
  let state = seed ^ 0x9e3779b9;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Undefined: the relation says nothing of this input. */
function changeOf(name, value, seed) {
  const text = stringify(value);
  const next = relations[name].change(parse(text), randomFor(text, seed));
  return next === undefined ? undefined : input(next, 'change');
}

function change({ name, seed }) {
  const made = inputs.map((value) => changeOf(name, value, seed));
  changes.set(name, made);
  return {
    at: made.flatMap((value, i) => (value === undefined ? [] : [i])),
    inputs: made.filter((value) => value !== undefined),
  };
}

/** Undefined where it holds. */
function broken(ask, given) {
  let told;
  try {
    told = ask(given);
  } catch (error) {
    return { why: `it threw: ${said(error)}`, threw: true };
  }
  if (told === true) return undefined;
  if (typeof told === 'string') return { why: told.slice(0, MOST_SAID) };
  if (told === false) return { why: 'it gave false' };
  return { why: `it gave ${typeof told} and neither true nor a sentence`, threw: true };
}

/** What a property sees; whether it looks at the origin's output decides whether that is fetched. */
function seen(value, output, reference) {
  return {
    input: value,
    output,
    get reference() {
      hasReadReference = true;
      return reference;
    },
  };
}

function propertyBroken(name, i) {
  return broken(properties[name], seen(inputs[i], outputs[i].output, references?.[i]?.output));
}

/** Failures of one property on the batch: how many, and the first. Inputs without an output are passed by. */
function hold({ name }) {
  let tried = 0;
  const places = [];
  let first;
  for (let i = 0; i < inputs.length; i++) {
    if (!isAnswered(outputs[i])) continue;
    tried++;
    const found = propertyBroken(name, i);
    if (found === undefined) continue;
    places.push(i);
    first ??= { at: i, ...found };
  }
  return { failed: places.length, places, tried, first, hasReadReference };
}

function isAnswered(one) {
  return one !== undefined && Object.hasOwn(one, 'output');
}

/** `outputs` of the changed inputs, in order of `change`. */
function relate({ name, at, outputs: after }) {
  let tried = 0;
  const places = [];
  let first;
  const made = changes.get(name);
  for (let k = 0; k < at.length; k++) {
    const i = at[k];
    if (!isAnswered(outputs[i]) || !isAnswered(after[k])) continue;
    tried++;
    const found = relationBroken(name, {
      input: inputs[i],
      output: outputs[i],
      changed: made[i],
      after: after[k],
    });
    if (found === undefined) continue;
    places.push(i);
    first ??= { at: i, ...found };
  }
  return { failed: places.length, places, tried, first };
}

function relationBroken(name, { input: value, output, changed: other, after }) {
  const given = {
    input: value,
    output: output.output,
    changed: other,
    changedOutput: after.output,
  };
  return broken(relations[name].holds, given);
}

/** Asks outside for outputs in the middle of a question, and goes on with its nonce. */
function need(asked, wanted, isReferenced) {
  answer({ nonce: asked.nonce, need: wanted, isReferenced });
  const next = nextQuestion();
  asked.nonce = next.nonce;
  return next;
}

/** The smallest failing input found; undefined where it does not fail again. */
async function shrink(asked) {
  const { name, seed, at } = asked;
  let smallest;
  const isBroken = (value) => {
    if (Object.hasOwn(properties, name)) {
      const {
        outputs: [output],
        references: [reference] = [],
      } = need(asked, [value], true);
      if (!isAnswered(output)) return undefined;
      return broken(properties[name], seen(value, output.output, reference?.output));
    }
    const other = changeOf(name, value, seed);
    if (other === undefined) return undefined;
    const {
      outputs: [output, after],
    } = need(asked, [value, other], false);
    if (!isAnswered(output) || !isAnswered(after)) return undefined;
    return relationBroken(name, { input: value, output, changed: other, after });
  };
  let tried = 0;
  const property = fc.asyncProperty(arbitrary, async (drawn) => {
    if (tried++ >= MOST_SHRUNK) return true;
    const value = input(drawn, 'inputs');
    const found = isBroken(value);
    if (found !== undefined) smallest = { input: value, why: found.why };
    return found === undefined;
  });
  await fc.check(property, { seed, path: String(at), numRuns: 1 });
  return { smallest };
}

/** Of each output that an impossible task was given: whether it passes for solved. */
function passes({ outputs: given }) {
  return {
    passed: given.map(({ name, output }) => {
      try {
        return Boolean(impossible[name].passes(output));
      } catch (error) {
        return { threw: said(error) };
      }
    }),
  };
}

const WORK = {
  describe,
  draw,
  take: (asked) => {
    inputs = asked.inputs;
    return {};
  },
  give: (asked) => {
    ({ outputs, references } = asked);
    return {};
  },
  hold,
  change,
  relate,
  shrink,
  passes,
};

async function reply(asked) {
  try {
    const before = cpu();
    const told = await WORK[asked.do](asked);
    const { user, system } = cpu(before);
    const spoiled = changed();
    return {
      ...told,
      cpuMs: (user + system) / 1000,
      nonce: asked.nonce,
      ...(spoiled === undefined ? {} : { spoiled }),
    };
  } catch (error) {
    return { nonce: asked.nonce, threw: said(error) };
  }
}

for (;;) answer(await reply(nextQuestion()));
