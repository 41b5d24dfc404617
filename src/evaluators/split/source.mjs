/** The text of a module as a realm gets it: without types, and counted where it is a candidate's. */
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isCounted, NAME } from './counter.mjs';

const CANDIDATE = pathToFileURL(`${process.cwd()}/`).href;
const [, , SOLVER = ''] = process.argv;
const TASK = new URL('.', pathToFileURL(SOLVER)).href;

/** Of the solver's folder, where nothing of a candidate lies: whatever else is loaded may be of its making. */
export function isTasks(url) {
  return url.startsWith(TASK) && !url.startsWith(CANDIDATE);
}

/** By URL: a worker runs one candidate, whose files stay as they are. */
const sources = new Map();

export async function sourceOf(url) {
  if (!sources.has(url)) sources.set(url, await javascriptOf(url));
  return sources.get(url);
}

/** Reads a module, and what strips its types, ahead of its first use. */
export async function ready(file) {
  await sourceOf(pathToFileURL(file).href);
  if (isCounted) await import('./steps.mjs');
}

async function javascriptOf(url) {
  const file = fileURLToPath(url);
  const text = readFileSync(file, 'utf8');
  const plain = /\.m?ts$/.test(file) ? await withoutTypes(file, text) : text;
  if (!isCounted || isTasks(url)) return plain;
  const { counted } = await import('./steps.mjs');
  return counted(file, plain, NAME);
}

/** Loaded where it is needed: most of what a worker costs to start. */
async function withoutTypes(file, text) {
  const { stripped } = await import('../function/typescript-hooks.mjs');
  return stripped(file, text);
}
