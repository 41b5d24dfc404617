/**
 * Runs a task's `evaluate({ candidate, cases, params })` in this process and answers for it.
 * Arguments: the module's path. Copied to `dist/function/` as it is, so it imports nothing of ours.
 *
 * The nonce stays in this file: it is read, its file removed and the variables cleared before any
 * foreign line runs, and what writes the answer is taken before anyone can replace it. That stops
 * accidents and simple tricks; a hostile candidate loaded into this process needs the jail.
 */
import { readFileSync, unlinkSync, writeSync } from 'node:fs';
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';

const [, , module = ''] = process.argv;
const { PACELINE_CANDIDATE: candidate, PACELINE_INSTANCES: file = '' } = process.env;
const descriptor = Number(process.env.PACELINE_RESULT_FD);
const { nonce, params, cases } = JSON.parse(readFileSync(file, 'utf8'));
unlinkSync(file);
delete process.env.PACELINE_INSTANCES;
delete process.env.PACELINE_RESULT_FD;
const [write, print, exit, bytesOf] = [writeSync, JSON.stringify, process.exit, Buffer.from];
const say = process.stderr.write.bind(process.stderr);

let isOver = false;
process.on('exit', () => {
  if (isOver) return;
  say('\nevaluate gave no result: it called process.exit, or its promise never settles.\n');
  process.exitCode ||= 1;
});

function end(code) {
  isOver = true;
  exit.call(process, code);
}

function fail(error) {
  say(`${error?.stack ?? ''}\n${error?.message ?? error}\n`);
  end(1);
}
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

/** JSON turns NaN and Infinity into null; as text the message can name them. */
function plain(value) {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function metricsOf(record) {
  if (typeof record !== 'object' || Array.isArray(record)) {
    return { error: `evaluate gave ${String(record)} for a case, not a record of metrics` };
  }
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, plain(value)]));
}

/** One line per result; a case without one stays unanswered, one too many is for the host to refuse. */
function linesOf(results) {
  if (!Array.isArray(results)) {
    const metrics = {
      error: 'evaluate must return a list: one record of metrics per case, in order',
    };
    return cases.map(({ index }) => print({ nonce, index, metrics }));
  }
  return results.flatMap((record, index) =>
    record === null || record === undefined
      ? []
      : [print({ nonce, index, metrics: metricsOf(record) })],
  );
}

function answer(text) {
  const bytes = bytesOf(text);
  for (let sent = 0; sent < bytes.length; ) sent += write(descriptor, bytes, sent);
}

try {
  if (/\.m?ts$/.test(module)) register('./typescript-hooks.mjs', import.meta.url);
  const { evaluate } = await import(pathToFileURL(module).href);
  if (typeof evaluate !== 'function') {
    throw new Error(`${module} exports no function evaluate({ candidate, cases, params }).`);
  }
  const lines = linesOf(await evaluate({ candidate, cases: structuredClone(cases), params }));
  answer(lines.map((line) => `${line}\n`).join(''));
  end(0);
} catch (error) {
  fail(error);
}
