/** A generator that changed is a new release: figures of two releases are figures of two different sets. */
import { expect, test } from 'vitest';

const { frozenReleases, referencesNow } = await import(new URL('freeze.mjs', import.meta.url).href);

test('each generator is, and prints, what its newest release froze', async () => {
  const newest = frozenReleases().at(-1);
  const now = await referencesNow();
  expect(now, 'run node examples/meta/freeze.mjs: this is a new release').toEqual(
    newest.generators,
  );
});

test('releases count up, and no two are the same', () => {
  const releases: readonly { readonly release: number; readonly generators: object }[] =
    frozenReleases();
  expect(releases.map(({ release }) => release)).toEqual(releases.map((_, at) => at + 1));
  expect(new Set(releases.map(({ generators }) => JSON.stringify(generators))).size).toBe(
    releases.length,
  );
});
