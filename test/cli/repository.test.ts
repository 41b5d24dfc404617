/** A study of a git repository from four flags: what is refused, what it leaves behind, what it does not touch. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { withLedger } from '../../src/app/read-ledger.ts';
import { cli, emptyFolder } from './fixtures/cli.ts';

const MEASURE = `import { knob } from './src/knob.mjs';
console.log('measuring\\ncost: ' + ((knob - 3) ** 2 + Math.random()) + ' units');
`;

const FILES: Readonly<Record<string, string>> = {
  'src/knob.mjs': 'export const knob = 9.5;\n',
  'measure.mjs': MEASURE,
};

const FLAGS = ['--source', 'src/knob.mjs', '--eval', 'node measure.mjs', '--metric', 'cost'];

function git(cwd: string, ...args: readonly string[]): string {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
  return execFileSync('git', [...who, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' }).trim();
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function repository(files = FILES): string {
  const folder = emptyFolder();
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  write(folder, files);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'first');
  return folder;
}

/** The candidate of trial 0. */
function firstCandidate(root: string, id: string): Promise<string> {
  return withLedger({ root, id }, async (ledger) => {
    for await (const [first] of ledger.read(0, { types: ['trial.settled'] })) {
      if (first?.type === 'trial.settled') return first.body.candidate;
    }
    throw new Error('no trial was settled');
  });
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
}, 120_000);

test('outside a repository', async () => {
  const ran = await cli(emptyFolder(), 'run', ...FLAGS);
  const why = expect.stringMatching(/is in no git repository.*git init/);
  expect([ran.code, ran.stderr]).toEqual([73, why]);
});

test('what would not be what the person sees is refused, one sentence each', async () => {
  const folder = repository();
  const says = async (...args: readonly string[]): Promise<string> => {
    const ran = await cli(folder, 'run', ...args, '--dry-run');
    expect(ran.code).not.toBe(0);
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    return ran.stderr;
  };
  expect(await says('--source', 'src/knob.mjs', '--metric', 'cost')).toMatch(
    /needs --source, --eval and --metric/,
  );
  expect(await says(...FLAGS, '--config', 'x.yaml')).toMatch(/Leave one of them out/);
  expect(await says(...FLAGS.with(1, '../elsewhere.js'))).toMatch(/not a file of the repository/);
  expect(await says(...FLAGS.with(1, 'src/nothing.mjs'))).toMatch(/matches no file/);
  const unmeasured = await cli(folder, 'run', ...FLAGS.with(5, 'total'));
  expect([unmeasured.code, unmeasured.stderr]).toEqual([
    2,
    expect.stringMatching(/printed no total/),
  ]);
  write(folder, { 'src/knob.mjs': 'export const knob = 4;\n' });
  expect(await says(...FLAGS)).toMatch(
    /differs from its commit: src\/knob.mjs\. Commit that, or add --stash/,
  );
  git(folder, 'stash');
  git(folder, 'checkout', '--quiet', '-b', 'other', 'main');
  write(folder, { 'src/knob.mjs': 'export const knob = 5;\n' });
  git(folder, 'commit', '--quiet', '--all', '--message', 'other');
  git(folder, 'checkout', '--quiet', 'main');
  write(folder, { 'src/knob.mjs': 'export const knob = 6;\n' });
  git(folder, 'commit', '--quiet', '--all', '--message', 'mine');
  try {
    git(folder, 'rebase', 'other');
  } catch {
    // It stops at the conflict, as it should.
  }
  expect(await says(...FLAGS)).toMatch(/A rebase is in progress.*--abort/);
  git(folder, 'rebase', '--abort');
});

test('--stash puts what differs aside, where git stash pop finds it', async () => {
  const folder = repository();
  write(folder, { 'src/knob.mjs': 'export const knob = 4;\n' });
  const ran = await cli(folder, 'run', ...FLAGS, '--stash', '--dry-run');
  expect(ran.code).toBe(0);
  expect(git(folder, 'stash', 'list')).toMatch(/put aside by paceline run --stash/);
  git(folder, 'stash', 'pop');
  expect(readFileSync(join(folder, 'src/knob.mjs'), 'utf8')).toContain('= 4');
});

test('what is not there, and what does not run, is named before anything happens', async () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n';
  const folder = repository({ ...FILES, 'data/large.bin': pointer });
  const allow = ['-c', 'protocol.file.allow=always'];
  git(folder, ...allow, 'submodule', '--quiet', 'add', repository(), 'vendor/other');
  git(folder, 'commit', '--quiet', '--message', 'with a submodule');
  writeFileSync(join(folder, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const ran = await cli(folder, 'run', ...FLAGS, '--dry-run');
  expect(ran.stderr).toMatch(/Submodules are empty in the checkout: "vendor\/other"/);
  expect(ran.stderr).toMatch(/only the pointers are there: "data\/large\.bin"/);
  expect(ran.stderr).toMatch(/Hooks do not run .*pre-commit/);
  expect(ran.code).toBe(0);
});
