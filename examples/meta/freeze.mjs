/**
 * References: what each generator is and prints, frozen per release. A generator that changed is a new release, since
 * figures of two releases are figures of two different sets. `node freeze.mjs` adds one where something changed.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
export const REFERENCES = join(HERE, 'references.json');
export const NAMES = ['generated', 'everyday', 'text', 'deep'];
const SEEDS = [1, 2, 3];

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/**
 * Digests of the source of each generator, and of what it prints for the seeds 1 to 3, plain and with its flag.
 *
 * @returns {Promise<Readonly<Record<string, { source: string, outputs: Readonly<Record<string, string>> }>>>}
 */
export async function referencesNow() {
  const all = await Promise.all(NAMES.map(async (name) => [name, await referenceOf(name)]));
  return Object.fromEntries(all);
}

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

/** @returns {{ release: number, generators: object }[]} oldest first */
export function frozenReleases() {
  return JSON.parse(readFileSync(REFERENCES, 'utf8')).releases;
}

async function freeze() {
  const releases = frozenReleases();
  const generators = await referencesNow();
  const newest = releases.at(-1);
  if (JSON.stringify(newest?.generators) === JSON.stringify(generators)) {
    process.stdout.write(`Release ${newest.release} stands: no generator changed.\n`);
    return;
  }
  const release = (newest?.release ?? 0) + 1;
  const all = [...releases, { release, generators }];
  writeFileSync(REFERENCES, `${JSON.stringify({ releases: all }, undefined, 2)}\n`);
  process.stdout.write(`Release ${release} is frozen. Say in README.md what changed and why.\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await freeze();
