/**
 * References: what each generator is and prints, frozen per release. A generator that changed is a new release, since
 * figures of two releases are figures of two different sets. `node freeze.mjs` adds one where something changed; with
 * names of generators it prints what they are now.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const REFERENCES = join(HERE, 'references.json');
const NAMES = ['generated', 'everyday', 'text', 'deep'];
const SEEDS = [1, 2, 3];

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** @param {readonly string[]} names */
async function referencesNow(names) {
  const all = await Promise.all(names.map(async (name) => [name, await referenceOf(name)]));
  return Object.fromEntries(all);
}

/** Digests of the source of a generator, and of what it prints for the seeds 1 to 3, plain and with its flag. */
async function referenceOf(name) {
  const { FLAGS, makeSet } = await import(`./${name}/set.mjs`);
  const outputs = [undefined, ...FLAGS].flatMap((flag) =>
    SEEDS.map((seed) => {
      const flags = flag === undefined ? {} : { [flag]: true };
      const set = makeSet({ seed, inputsSeed: seed, flags });
      const call = flag === undefined ? `--seed ${seed}` : `--seed ${seed} --${flag}`;
      return [call, sha256(`${JSON.stringify(set)}\n`)];
    }),
  );
  return {
    source: sha256(sourceOf(join(HERE, name, 'generate.mjs'))),
    outputs: Object.fromEntries(outputs),
  };
}

/** The generator and all it imports, each file with its path. */
function sourceOf(entry) {
  const files = new Map();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.has(path)) continue;
    const text = readFileSync(path, 'utf8');
    files.set(path, text);
    for (const [, to] of text.matchAll(/from '(\.[^']+)'/g)) waiting.push(resolve(path, '..', to));
  }
  return JSON.stringify([...files].map(([path, text]) => [relative(HERE, path), text]).sort());
}

async function freeze() {
  const { releases } = JSON.parse(readFileSync(REFERENCES, 'utf8'));
  const generators = await referencesNow(NAMES);
  const newest = releases.at(-1);
  if (JSON.stringify(newest?.generators) === JSON.stringify(generators))
    return `Release ${newest.release} stands: no generator changed.`;
  const release = (newest?.release ?? 0) + 1;
  const all = [...releases, { release, generators }];
  writeFileSync(REFERENCES, `${JSON.stringify({ releases: all }, undefined, 2)}\n`);
  return `Release ${release} is frozen. Say in README.md what changed and why.`;
}

const names = process.argv.slice(2);
const said = names.length === 0 ? await freeze() : JSON.stringify(await referencesNow(names));
process.stdout.write(`${said}\n`);
