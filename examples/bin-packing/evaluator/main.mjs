/**
 * The evaluator command. It reads
 *
 *     PACELINE_CANDIDATE   folder with priority.mjs, which exports priority and openNew
 *     PACELINE_INSTANCES   file: { "nonce", "params": { "family" }, "cases": [{ "index", "seed" }] }
 *     PACELINE_RESULT_FD   descriptor of the answer
 *
 * and answers with one line of JSON per case. Each case has its own seed, so PACELINE_SEED, the seed
 * of the first one, is not needed. Anything wrong: one sentence on standard error, exit code 1.
 */
import { readFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { excessOf, makeInstances } from './instances.mjs';
import { packOnline } from './pack.mjs';

/** @param {string} name */
function required(name) {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set; paceline sets it when it runs this command.`);
}

async function loadPolicy() {
  const file = resolve(join(required('PACELINE_CANDIDATE'), 'priority.mjs'));
  const policy = await import(pathToFileURL(file).href);
  for (const name of ['priority', 'openNew']) {
    if (typeof policy[name] !== 'function') throw new Error(`${file} exports no function ${name}.`);
  }
  return policy;
}

function readRequest() {
  const file = required('PACELINE_INSTANCES');
  const { nonce, params, cases } = JSON.parse(readFileSync(file, 'utf8'));
  const isCase = (one) => Number.isInteger(one?.index) && Number.isInteger(one?.seed);
  if (typeof nonce !== 'string' || !Array.isArray(cases) || !cases.every(isCase)) {
    throw new Error(`${file} needs a nonce and cases, each with an integer index and seed.`);
  }
  return { nonce, family: params?.family, cases };
}

/** @param {string} text */
function answer(text) {
  const descriptor = Number(required('PACELINE_RESULT_FD'));
  const bytes = Buffer.from(text);
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(descriptor, bytes, sent);
}

try {
  const { nonce, family, cases } = readRequest();
  const policy = await loadPolicy();
  const lines = cases.map(({ index, seed }) => {
    const excess = excessOf(makeInstances(family, seed), (one) => packOnline(one, policy));
    return `${JSON.stringify({ nonce, index, metrics: { excess } })}\n`;
  });
  answer(lines.join(''));
} catch (error) {
  console.error(`bin-packing evaluator: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
