/** A generator that changed is a new release: figures of two releases are figures of two different sets. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isThorough } from '../../test/thorough.ts';

interface Reference {
  readonly source: string;
  readonly outputs: Readonly<Record<string, string>>;
}
type Generators = Readonly<Record<string, Reference>>;

const HERE = fileURLToPath(new URL('.', import.meta.url));
const releases: readonly { readonly release: number; readonly generators: Generators }[] =
  JSON.parse(readFileSync(join(HERE, 'references.json'), 'utf8')).releases;
const frozen = releases.at(-1)?.generators ?? {};

/** In a process of its own, as users run them. */
const nowIn = (folder: string, names: readonly string[]): Generators =>
  JSON.parse(
    execFileSync(process.execPath, [join(folder, 'freeze.mjs'), ...names], { encoding: 'utf8' }),
  );

test('each generator is, and prints, what its newest release froze', () => {
  expect(Object.keys(frozen)).toEqual(['generated', 'everyday', 'text', 'deep']);
  // Each is a program: text and everyday are held to their releases below, too.
  const names = isThorough ? Object.keys(frozen) : ['generated'];
  const now = nowIn(HERE, names);
  const released = Object.fromEntries(names.map((name) => [name, frozen[name]]));
  expect(now, 'node examples/meta/freeze.mjs makes a new release of it').toEqual(released);
});

test('releases count up, and no two are the same', () => {
  expect(releases.map(({ release }) => release)).toEqual(releases.map((_, at) => at + 1));
  const different = new Set(releases.map(({ generators }) => JSON.stringify(generators)));
  expect(different.size).toBe(releases.length);
});

test('one function that is changed changes its generator, and no other', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-meta-'));
  cpSync(HERE, folder, { recursive: true });
  const changed = join(folder, 'text/functions.mjs');
  const source = readFileSync(changed, 'utf8');
  const planted = source.replace("'digit-sum': (text) => ", "'digit-sum': (text) => 1 + ");
  expect(planted).not.toBe(source);
  writeFileSync(changed, planted);
  const { text, everyday } = nowIn(folder, ['text', 'everyday']);
  rmSync(folder, { recursive: true });
  expect(everyday).toEqual(frozen['everyday']);
  expect(text?.source).not.toBe(frozen['text']?.source);
  for (const [call, digest] of Object.entries(frozen['text']?.outputs ?? {}))
    expect(text?.outputs[call], call).not.toBe(digest);
});
