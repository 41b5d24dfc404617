/** A package of a repository with more in it than what is improved. */
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from './fixtures/cli.ts';
import { FILES, git, MEASURE, repository } from './fixtures/repository.ts';

test('a package of a monorepo is measured in its own folder, with all it needs of the repository', async () => {
  // Too many for a mount each, links of three kinds, and a program that is one of the repository.
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`data/${i}.txt`, '']));
  const folder = repository({
    ...many,
    '.gitignore': 'node_modules\n',
    'packages/b/src/knob.mjs': FILES['src/knob.mjs'] ?? '',
    'packages/b/package.json': '{"name":"@me/b","exports":{"./*":"./*"}}',
    'packages/a/measure.mjs': `import 'dep';\n${MEASURE.replace('./src', '@me/b/src')}`,
    'packages/a/bench.sh': '#!/bin/sh\ncat ../../data/399.txt && exec node linked.mjs\n',
    // What is installed is no part of the commit.
    'packages/a/node_modules/dep/index.js': '',
    'node_modules/@me/index.js': '',
  });
  for (const [path, target] of [
    ['packages/a/linked.mjs', 'measure.mjs'],
    ['packages/c', 'b'],
    ['elsewhere', '/nowhere'],
    ['node_modules/@me/b', '../../packages/b'],
  ] as const) {
    symlinkSync(target, join(folder, path));
  }
  chmodSync(join(folder, 'packages/a/bench.sh'), 0o755);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'links');
  const flags = ['--source', '../b/src/knob.mjs', '--eval', './bench.sh', '--metric', 'cost'];
  const run = ['run', ...flags, '--trials', '2', '--seed', '2', '--json'];
  const ran = await cli(join(folder, 'packages/a'), ...run);
  expect(ran.stderr).not.toMatch(/^paceline: /m);
  expect(ran.stderr).toContain(
    'no part of what is verified: node_modules, packages/a/node_modules',
  );
  const { promotions } = ran.json() as unknown as { readonly promotions: readonly object[] };
  // The link of the workspace led to the candidate, not to what lies in the repository.
  expect(promotions.length).toBeGreaterThan(0);
  const lost = await cli(join(folder, 'packages/a'), 'show');
  expect(lost.stderr).toContain(`Studies of the repository lie at its top: cd ${folder}`);
}, 120_000);
