/**
 * Loads a module into a realm of its own (node:vm): globals, prototypes and module state of one call
 * are gone with the next. For tidiness, not a wall: the jail is the wall, and what gets out of the
 * realm all the same is caught by answers from a cold process.
 */
import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { setClock } from './clock.mjs';
import { isCounted, NAME, step, uncounted } from './counter.mjs';
import { isTasks, sourceOf } from './source.mjs';

/** Of this process; a realm brings only those of the language. */
const GLOBALS = [
  'AbortController',
  'AbortSignal',
  'Buffer',
  'Event',
  'EventTarget',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  'atob',
  'btoa',
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'fetch',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'structuredClone',
];

/**
 * Names of the realm as constants of its script scope: on the global object of a realm each use of
 * `Math` would take an interceptor, twenty times as long as the arithmetic beside it.
 */
const NAMES = namesOf(vm.createContext({}));
const CONSTANTS = new vm.Script(
  `const {${[...new Set([...NAMES, ...GLOBALS])].join()}} = globalThis;`,
);

/** Without those that cannot be declared again. */
function namesOf(context) {
  const all = vm.runInContext('Object.getOwnPropertyDescriptors(globalThis)', context);
  const names = Reflect.ownKeys(all).filter((name) => typeof name === 'string');
  return names.filter((name) => all[name].configurable && name !== 'globalThis');
}

/** Counted code calls it by its name, which no property of the realm tells. */
const COUNTER = new vm.Script(`const ${NAME} = globalThis.${NAME};`);

/** Run in the realm: from what solves and the text of what is asked, a function that solves the ith. */
const CALLER = new vm.Script(`((parse) => (solve, text) => {
  const { candidate, inputs, params } = parse(text);
  return (i) => solve({ candidate, input: inputs[i], params });
})(JSON.parse)`);

function contextOf(clockMs) {
  // What is made of a text while it runs has no steps in it.
  const codeGeneration = { strings: !isCounted, wasm: !isCounted };
  const context = vm.createContext({}, { codeGeneration });
  for (const name of GLOBALS) {
    const value = globalThis[name];
    Object.defineProperty(context, name, { value, writable: true, configurable: true });
  }
  setClock(context, clockMs);
  vm.runInContext('globalThis.global = globalThis', context);
  CONSTANTS.runInContext(context);
  context[NAME] = step;
  COUNTER.runInContext(context);
  delete context[NAME];
  return context;
}

/**
 * @param clockMs What its clock shows now; absent: the time.
 * @returns What the module exports, evaluated, and a caller of the realm.
 */
export async function loadFresh(file, clockMs) {
  const context = contextOf(clockMs);
  const caller = CALLER.runInContext(context);
  const moduleAt = (specifier, parent) =>
    module(isBuiltin(specifier) ? specifier : resolved(specifier, parent));
  const module = keptBy(async (url) => {
    if (/^file:[^?#]*\.json([?#]|$)/.test(url)) return dataOf(url, context);
    if (!/^file:[^?#]*\.(m?ts|m?js)([?#]|$)/.test(url)) return outer(url, context);
    const filename = fileURLToPath(url);
    const options = {
      context,
      identifier: url,
      initializeImportMeta: (meta) =>
        Object.assign(meta, { url, filename, dirname: dirname(filename) }),
      importModuleDynamically: async (specifier) =>
        evaluated(await moduleAt(specifier, url), isTasks(url)),
    };
    return new vm.SourceTextModule(await sourceOf(url), options);
  });
  // One after the other: a module that another is just linking is in no state to be evaluated.
  let last = Promise.resolve();
  const link = async (module) => {
    if (module.status !== 'unlinked') return;
    await module.link((specifier, { identifier }) => moduleAt(specifier, identifier));
  };
  const linked = keptBy((module) => {
    const mine = last.then(() => link(module));
    last = mine.catch(() => undefined);
    return mine;
  });
  const evaluatedOnce = keptBy((module) => module.evaluate());
  /** What a candidate loads while it answers is a part of its answer. */
  const evaluated = async (module, isFree) => {
    await linked(module);
    await (isFree ? uncounted(() => evaluatedOnce(module)) : evaluatedOnce(module));
    return module;
  };
  const { namespace } = await evaluated(await moduleAt(pathToFileURL(file).href), true);
  return { namespace, caller };
}

/** Of each key what it was at first, a failure too. */
function keptBy(make) {
  const kept = new Map();
  return (key) => {
    if (!kept.has(key)) kept.set(key, make(key));
    return kept.get(key);
  };
}

function resolved(specifier, parent) {
  if (/^(\.{0,2}\/|file:)/.test(specifier)) return new URL(specifier, parent).href;
  return pathToFileURL(createRequire(parent).resolve(specifier)).href;
}

/** Parsed in the realm, so that what a call writes into it is gone with the next. */
function dataOf(url, context) {
  const data = vm.runInContext('JSON.parse', context)(readFileSync(fileURLToPath(url), 'utf8'));
  return synthetic({ default: data }, { context, identifier: url });
}

/** Node's own modules and those of other formats are this process's, and so is what they remember. */
async function outer(url, context) {
  if (isCounted && !isBuiltin(url) && !isTasks(url)) {
    throw new TypeError(`${url} is no ES module, and only those have their steps counted`);
  }
  return synthetic(await import(url), { context, identifier: url });
}

function synthetic(exported, options) {
  const names = Object.keys(exported);
  return new vm.SyntheticModule(
    names,
    function fill() {
      for (const name of names) this.setExport(name, exported[name]);
    },
    options,
  );
}
