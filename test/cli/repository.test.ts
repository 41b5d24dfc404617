/** A study of a git repository from four flags: what is refused, what it leaves behind, what it does not touch. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withLedger } from '../../src/app/read-ledger.ts';
import { cli, type Ended, emptyFolder, ending, MAIN, startCliWith } from './fixtures/cli.ts';
import { FILES, FLAGS, git, repository, write } from './fixtures/repository.ts';

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
}, 120_000);

test('ideas of a model or an agent from flags: said before anything is spent', async () => {
  const folder = repository();
  const key = { ANTHROPIC_API_KEY: 'planted' };
  const planned = (...more: readonly string[]): Promise<Ended> =>
    ending(startCliWith(key, folder, 'run', ...FLAGS, ...more, '--dry-run'));
  const model = ['--models', 'anthropic/claude-sonnet-4-5'];
  const ran = await planned(...model, '--usd', '1');
  expect([ran.code, ran.stdout], ran.stderr).toEqual([
    0,
    expect.stringMatching(/usd 1[\s\S]*The first call would send:[\s\S]*claude-sonnet-4-5/),
  ]);
  const unbounded = await planned(...model);
  expect(unbounded.stderr).toMatch(/needs usd, tokens or requests/);
  expect((await planned('--agent', 'some-agent')).stderr).toMatch(/--agent and --provider go/);
  const absent = await planned('--agent', 'no-such', '--provider', 'anthropic', '--usd', '1');
  expect(absent.stderr).toMatch(/names the agent "no-such", which is not there/);
}, 60_000);

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
  expect(await says(...FLAGS.with(1, 'src/nothing.mjs'))).toMatch(
    /matches no file in the commit [0-9a-f]{12}\. Correct it, or commit that file;/,
  );
  const unmeasured = await cli(folder, 'run', ...FLAGS.with(5, 'total'));
  expect([unmeasured.code, unmeasured.stderr]).toEqual([
    2,
    expect.stringMatching(/printed no total.* Its last line: cost: /),
  ]);
  expect(git(folder, 'status', '--porcelain')).toBe('');
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

test('--stash puts what differs aside, where git stash pop finds it, once nothing else is refused', async () => {
  const folder = repository();
  write(folder, { 'src/knob.mjs': 'export const knob = 4;\n' });
  const untouched = async (words: RegExp, ...args: readonly string[]): Promise<void> => {
    const ran = await cli(folder, 'run', ...args);
    expect(ran.stderr).toMatch(words);
    expect(git(folder, 'stash', 'list')).toBe('');
    expect(git(folder, 'status', '--porcelain')).toBe('M src/knob.mjs');
  };
  await untouched(/would put 1 changed file aside/, ...FLAGS, '--stash', '--dry-run');
  await untouched(/matches no file/, ...FLAGS.with(1, 'src/nothing.mjs'), '--stash');
  writeFileSync(join(folder, '.git/MERGE_HEAD'), git(folder, 'rev-parse', 'HEAD'));
  await untouched(/A merge is in progress/, ...FLAGS, '--stash');
  rmSync(join(folder, '.git/MERGE_HEAD'));
  // Refused after it is put aside, so that nothing is spent here: the metric is none.
  const ran = await cli(folder, 'run', ...FLAGS.with(5, 'total'), '--stash');
  expect(ran.stderr).toMatch(/Put 1 changed file aside: git stash pop brings/);
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
  // No part of the commit, and git stash would pass it by.
  write(folder, { 'vendor/other/measure.mjs': 'edited' });
  const ran = await cli(folder, 'run', ...FLAGS, '--dry-run');
  expect(ran.stderr).toMatch(/Submodules are empty in the checkout: "vendor\/other"/);
  expect(ran.stderr).toMatch(/only the pointers are there: "data\/large\.bin"/);
  expect(ran.stderr).toMatch(/Hooks do not run .*pre-commit/);
  expect(ran.code).toBe(0);
});
