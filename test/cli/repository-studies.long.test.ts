/** Whole studies of git repositories: what they leave behind, and what else of the repository they see. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withLedger } from '../../src/app/read-ledger.ts';
import { cli, emptyFolder, ending, MAIN, startCliWith } from './fixtures/cli.ts';
import { FILES, FLAGS, git, MEASURE, repository, write } from './fixtures/repository.ts';

/** The candidate of trial 0. */
function firstCandidate(root: string, id: string): Promise<string> {
  return withLedger({ root, id }, async (ledger) => {
    for await (const [first] of ledger.read(0, { types: ['trial.settled'] })) {
      if (first?.type === 'trial.settled') return first.body.candidate;
    }
    throw new Error('no trial was settled');
  });
}

/** Each promotion as a branch, and the request as a fake gh hears it. */
async function splitAndRequested(
  folder: string,
  {
    branch,
    tip,
    promotions,
  }: { readonly branch: string; readonly tip: string; readonly promotions: number },
): Promise<void> {
  const { split } = (
    await cli(folder, 'export', 'branch', '--split', '--json')
  ).json() as unknown as {
    readonly split: readonly {
      readonly branch: string;
      readonly commit: string;
      readonly isMeasured: boolean;
    }[];
  };
  expect(split.map((one) => one.branch)).toEqual(split.map((_, i) => `${branch}-${i + 1}`));
  expect(split).toHaveLength(promotions);
  for (const { branch: name, commit, isMeasured } of split) {
    expect(git(folder, 'rev-parse', name)).toBe(commit);
    const said = git(
      folder,
      'log',
      '-1',
      '--format=%(trailers:key=Paceline-Measured-Alone,valueonly)',
      name,
    );
    expect(said.trim() === '').toBe(isMeasured);
  }
  expect(git(folder, 'rev-parse', branch)).toBe(tip);

  const heard = join(emptyFolder(), 'heard');
  const bin = emptyFolder();
  writeFileSync(join(bin, 'gh'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${heard}\n`, { mode: 0o755 });
  const asked = await ending(
    startCliWith(
      { PATH: `${bin}:${process.env['PATH']}` },
      folder,
      'export',
      'pr',
      '--open',
      '--json',
    ),
  );
  const { title, body } = asked.json() as unknown as {
    readonly title: string;
    readonly body: string;
  };
  expect(title).toMatch(/better cost/);
  expect(body).toMatch(
    /evidence: .* needed[\s\S]*The evaluator is fused[\s\S]*paceline verify .* --commit HEAD/,
  );
  expect(readFileSync(heard, 'utf8')).toContain(
    `pr\ncreate\n--head\n${branch}\n--title\n${title}\n--body\n`,
  );
}

/** The second step of action.yml, in a clone that has the study's file and nothing else of it. */
async function actionHolds(
  folder: string,
  { study, branch }: { readonly study: string; readonly branch: string },
): Promise<void> {
  const file = join(emptyFolder(), 'evidence.paceline.tgz');
  expect((await cli(folder, 'export', study, file)).code).toBe(0);
  const action = parse(readFileSync(join(import.meta.dirname, '../../action.yml'), 'utf8'));
  const { run } = action.runs.steps.at(-1) as { readonly run: string };
  const verified = (change: (clone: string) => void) => {
    const clone = join(emptyFolder(), 'clone');
    git(folder, 'clone', '--quiet', '--branch', branch, folder, clone);
    change(clone);
    const env = { ...process.env, PACELINE: MAIN, STUDY_FILE: file, COMMIT: 'HEAD', HEAD: '' };
    return spawnSync('bash', ['-c', run], { cwd: clone, env, encoding: 'utf8' });
  };
  const good = verified(() => undefined);
  expect([good.status, good.stdout]).toEqual([
    0,
    expect.stringMatching(
      /its files are those that were promoted.*\n.*other files: as they were measured/,
    ),
  ]);
  const beside = verified((clone) => {
    writeFileSync(join(clone, 'measure.mjs'), 'console.log("cost: 0");\n');
    git(clone, 'commit', '--quiet', '--all', '--message', 'and a better measure');
  });
  expect([beside.status, beside.stdout]).toEqual([
    0,
    expect.stringMatching(/other files: NOT as they were measured: measure\.mjs/),
  ]);
  const bad = verified((clone) => {
    writeFileSync(join(clone, 'src/knob.mjs'), 'export const knob = 3;\n');
    git(clone, 'commit', '--quiet', '--all', '--message', 'better still');
  });
  expect([bad.status, bad.stdout]).toEqual([
    65,
    expect.stringMatching(
      /: holds, and the commit is not what was promoted\n {2}commit: src\/knob\.mjs not as promoted/,
    ),
  ]);
}

test('promotions become commits on a branch; working tree, index and branch stay as they are', async () => {
  const folder = repository();
  // What the commit does not have is neither measured nor touched.
  write(folder, { 'notes.txt': 'mine\n' });
  const before = git(folder, 'status', '--porcelain');
  const seeded = [...FLAGS, '--trials', '8', '--seed', '2', '--json'];
  const preview = await cli(folder, 'run', ...seeded, '--dry-run');
  const ran = await cli(folder, 'run', ...seeded);
  expect(ran.stderr).toContain('fused: the candidate could reach its grade');
  expect(ran.stderr).toMatch(/measuring the gain, pair \d+ of \d+ /);
  expect(ran.stderr).toMatch(/comparing with origin, pair \d+ of 32 /);
  const { study, promotions } = ran.json() as unknown as {
    readonly study: string;
    readonly promotions: readonly { readonly candidate: string }[];
  };
  expect(promotions.length).toBeGreaterThan(0);
  const { firstDiff } = preview.json() as unknown as { readonly firstDiff: string };
  const first = await cli(folder, 'diff', 'origin', await firstCandidate(folder, study));
  expect(firstDiff.trim()).toBe(first.stdout.trim());
  const branch = `paceline/${study}`;
  const candidates = git(
    folder,
    'log',
    '--reverse',
    '--format=%(trailers:key=Paceline-Candidate,valueonly)',
    `main..${branch}`,
  );
  expect(candidates.split(/\n+/)).toEqual(promotions.map(({ candidate }) => candidate));
  expect(git(folder, 'diff', '--name-only', 'main', branch)).toBe('src/knob.mjs');
  expect(git(folder, 'status', '--porcelain')).toBe(before);
  expect(git(folder, 'branch', '--show-current')).toBe('main');

  const tip = git(folder, 'rev-parse', branch);
  const again = await cli(folder, 'export', 'branch', '--json');
  expect((again.json() as unknown as { commits: string[] }).commits.at(-1)).toBe(tip);
  expect((await cli(folder, 'verify')).code).toBe(0);
  await splitAndRequested(folder, { branch, tip, promotions: promotions.length });
  await actionHolds(folder, { study, branch });

  git(
    folder,
    'branch',
    '--force',
    branch,
    git(folder, 'commit-tree', 'main^{tree}', '-p', branch, '-m', 'by hand'),
  );
  const refused = await cli(folder, 'export', 'branch');
  expect([refused.code, refused.stderr]).toEqual([
    73,
    expect.stringMatching(/commits that are not of this study/),
  ]);

  // By what is in the folder now both would cost 1: a study is of its commit.
  write(folder, { 'measure.mjs': 'console.log("cost: 1");\n' });
  const compared = await cli(folder, 'compare', 'incumbent', 'origin', '--pairs', '8');
  expect([compared.code, compared.stdout]).toEqual([0, expect.stringMatching(/is better than/)]);

  const applied = await cli(folder, 'apply', '--reviewed');
  expect(applied.code).toBe(0);
  expect(readFileSync(join(folder, 'src/knob.mjs'), 'utf8')).toBe(
    `${git(folder, 'show', `${tip}:src/knob.mjs`)}\n`,
  );
}, 300_000);

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
  // More than fourfold: a person is asked.
  expect(ran.code).toBe(4);
  const agreed = await cli(folder, 'approve', '--yes', '--reason', 'read it');
  expect(agreed.code).toBe(0);
  const resumed = await cli(folder, 'resume', '--json');
  const { promotions } = resumed.json() as unknown as { readonly promotions: readonly object[] };
  // The link of the workspace led to the candidate, not to what lies in the repository.
  expect(promotions.length).toBeGreaterThan(0);
  const lost = await cli(join(folder, 'packages/a'), 'show');
  expect(lost.stderr).toContain(`Studies of the repository lie at its top: cd ${folder}`);
}, 300_000);
