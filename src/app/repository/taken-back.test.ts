/** Planted: what a deep audit took back is the tip of no branch, the gain of no request, and passes no check. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { thorough } from '../../../test/thorough.ts';
import { verifyLines } from '../../cli/verify-text.ts';
import type { EventDraft } from '../../core/events.ts';
import { sha256 } from '../../core/hash.ts';
import { encodeProgram } from '../../source/program.ts';
import { sqliteStore } from '../../stores/sqlite.ts';
import { manualClock } from '../../testing/manual-clock.ts';
import { smallPlan } from '../../testing/small-study.ts';
import { createStudyFiles, stateFolder } from '../study-files.ts';
import type { VerifyReport } from '../verify-study.ts';
import { branchPromotions } from './branch.ts';
import { checkCommit, holdsPromotion } from './check-commit.ts';
import { describeRepository } from './describe.ts';
import { pullRequest } from './pull-request.ts';
import { splitPromotions } from './split.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-taken-back-'));
afterAll(() => rmSync(folder, { recursive: true }));

function git(cwd: string, ...args: readonly string[]): string {
  const who = ['-c', 'user.name=T', '-c', 'user.email=t@localhost'];
  return execFileSync('git', [...who, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' }).trim();
}

const ID = 'study-000000';
const KNOB = 'knob.mjs';
/** With a line far below the other, which a `!` changes. */
const knob = (value: string) =>
  `// of ${value.replace('!', '')}\n${'\n'.repeat(8)}export const knob = ${value.endsWith('!')};\n`;
const text = (value: string) => encodeProgram({ files: { [KNOB]: knob(value) } });
const hashOf = (value: string) => sha256(text(value));

const clock = manualClock();
const common = { arm: 'main', lane: 0, horizon: 0, proposer: 'p', operator: 'o', parents: [] };
const measured = { considered: 1, outcome: 'scored', values: [1], evals: 1, size: 1 };

/** A trial that makes the candidate, and its promotion. */
function promotion(trial: number, value: string, from: string): readonly EventDraft[] {
  const candidate = hashOf(value);
  const one = { candidate, text: text(value), key: candidate, admitted: true, end: 'promoted' };
  const gain = { gain: 1, interval: [0.5, 1.5], level: 0.95, n: 8, notes: [], atEvals: 1 };
  const body = { arm: 'main', candidate, from: hashOf(from), ...gain, approvedBy: 'level 4' };
  return [
    { type: 'trial.settled', trial, actor: 'proposer:p', body: { ...common, ...measured, ...one } },
    { type: 'candidate.promoted', trial, actor: 'engine', body },
  ] as unknown as readonly EventDraft[];
}

function rollback(from: string, to: string, ...gone: readonly string[]): EventDraft {
  const why = 'audit 2\nfailed';
  const body = { arm: 'main', from: hashOf(from), to: hashOf(to), why };
  const quarantined = gone.map(hashOf);
  return { type: 'candidate.rolled-back', actor: 'engine', body: { ...body, quarantined } };
}

interface Place {
  readonly root: string;
  readonly append: (...drafts: readonly EventDraft[]) => Promise<void>;
}

/** A repository, and a study of it that has begun. */
async function study(): Promise<Place> {
  const root = mkdtempSync(join(folder, 'repository-'));
  git(root, 'init', '--quiet', '--initial-branch', 'main');
  writeFileSync(join(root, KNOB), knob('origin'));
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'first');
  const commit = git(root, 'rev-parse', 'HEAD');
  const at = { top: root, gitFolder: join(root, '.git'), commit, branch: 'main' };
  const flags = { source: [join(root, KNOB)], eval: 'true', metric: 'loss', isBounded: true };
  const config = describeRepository(at, flags, root);
  createStudyFiles({ id: ID, root, config: JSON.parse(JSON.stringify(config)) }, 'secret');
  const append = async (...drafts: readonly EventDraft[]) => {
    const ledger = await sqliteStore({ directory: stateFolder(root), clock }).open(ID, 'write');
    ledger.append(drafts);
    await ledger.close();
  };
  const { opened } = smallPlan({ clock });
  const body = { ...opened, origin: hashOf('origin'), originText: text('origin') };
  await append({ type: 'study.opened', actor: 'engine', body });
  return { root, append };
}

const branch = `paceline/${ID}`;
const tipOf = (root: string, name = branch) => git(root, 'show', `${name}:${KNOB}`);
const titles = (root: string, name = branch) =>
  git(root, 'log', '--reverse', '--format=%s', `main..${name}`).split('\n');
const BETTER = `${KNOB}: better score`;

test('the tip of the branch is what stands: a commit restores it, and the branch goes on from there', async () => {
  const { root, append } = await study();
  await append(...promotion(1, 'a', 'origin'), ...promotion(2, 'b', 'a'));
  const before = await branchPromotions(root, ID);
  expect(tipOf(root)).toBe(knob('b').trim());

  await append(rollback('b', 'a', 'b'));
  const after = await branchPromotions(root, ID);
  expect(tipOf(root)).toBe(knob('a').trim());
  // It only grows, and is the same whenever it is made.
  expect(after?.commits.slice(0, 2)).toEqual(before?.commits);
  expect((await branchPromotions(root, ID))?.commits).toEqual(after?.commits);
  expect(titles(root)).toEqual([BETTER, BETTER, 'taken back: trial 2']);
  expect(git(root, 'log', '-1', '--format=%B', branch)).toMatch(
    /^Rolled back in entry 6: audit 2 failed\. The files are as they were promoted in trial 1\.$/m,
  );

  await append(...promotion(3, 'c', 'a'));
  await branchPromotions(root, ID);
  expect(tipOf(root)).toBe(knob('c').trim());
  expect(titles(root)).toEqual([BETTER, BETTER, 'taken back: trial 2', BETTER]);
  const tip = git(root, 'rev-parse', branch);
  git(root, 'branch', '-D', branch);
  await branchPromotions(root, ID);
  expect(git(root, 'rev-parse', branch)).toBe(tip);
});

thorough(
  'back to the origin, the tip has the files of the commit the study began with',
  async () => {
    const { root, append } = await study();
    await append(...promotion(1, 'a', 'origin'), ...promotion(2, 'b', 'a'));
    await append(rollback('b', 'origin', 'a', 'b'));
    await branchPromotions(root, ID);
    expect(titles(root)).toEqual([BETTER, BETTER, 'taken back: trials 1, 2']);
    expect(git(root, 'diff', '--name-only', 'main', branch)).toBe('');
    await expect(pullRequest(root, ID)).rejects.toThrow(/every promotion of .* was taken back/);
    expect(await checkCommit(root, ID, branch)).toMatchObject({
      candidate: hashOf('origin'),
      takenBack: undefined,
      differs: [],
    });
  },
);

test('a request claims what stands alone, and says what was taken back', async () => {
  const { root, append } = await study();
  await append(...promotion(1, 'a', 'origin'), ...promotion(2, 'b', 'a'));
  expect((await pullRequest(root, ID)).title).toBe('2 promotions: better score');
  await append(rollback('b', 'a', 'b'));
  const { title, body } = await pullRequest(root, ID);
  expect(title).toBe(BETTER);
  expect(body.match(/^### .*$/gm)).toEqual([
    expect.stringContaining('### Trial 1:'),
    '### Taken back',
  ]);
  expect(body).toMatch(/^- trial 2: Rolled back in entry 6: audit 2 failed$/m);
});

test('a commit that holds what was taken back is no promotion; the one that restores is', async () => {
  const { root, append } = await study();
  await append(...promotion(1, 'a', 'origin'), ...promotion(2, 'b', 'a'));
  await branchPromotions(root, ID);
  const bad = git(root, 'rev-parse', branch);
  const held = await checkCommit(root, ID, bad);
  expect([held.takenBack, holdsPromotion(held)]).toEqual([undefined, true]);

  await append(rollback('b', 'a', 'b'));
  await branchPromotions(root, ID);
  const gone = await checkCommit(root, ID, bad);
  expect(gone).toMatchObject({ candidate: hashOf('b'), takenBack: 6, differs: [] });
  expect(holdsPromotion(gone)).toBe(false);
  const report = { ok: true, checked: {}, findings: [], findingCount: 0, head: {}, blind: [] };
  const lines = verifyLines(
    ID,
    { ...report, anchor: 'not given' } as unknown as VerifyReport,
    gone,
  );
  expect(lines[0]).toMatch(/the commit is not what was promoted/);
  expect(lines.join('\n')).toMatch(/TAKEN BACK in entry 6/);
  const restored = await checkCommit(root, ID, branch);
  expect(restored).toMatchObject({ candidate: hashOf('a'), takenBack: undefined, differs: [] });

  // Without a trailer it is compared with what stands, not with what was promoted last.
  const merged = (of: string) => git(root, 'commit-tree', `${of}^{tree}`, '-p', 'main', '-m', 'm');
  expect((await checkCommit(root, ID, merged(branch))).differs).toEqual([]);
  expect((await checkCommit(root, ID, merged(bad))).differs).toEqual([KNOB]);
});

test('what was taken back gets no branch of its own, and one that it had takes it back', async () => {
  const { root, append } = await study();
  await append(...promotion(1, 'a', 'origin'), ...promotion(2, 'b', 'a'));
  await splitPromotions(root, ID);
  expect(tipOf(root, `${branch}-2`)).toBe(knob('b').trim());
  await append(rollback('b', 'a', 'b'), ...promotion(3, 'c', 'a'));
  const split = await splitPromotions(root, ID);
  expect(split?.map((one) => [one.branch, one.on])).toEqual([
    [`${branch}-1`, undefined],
    [`${branch}-3`, `${branch}-1`],
  ]);
  expect(tipOf(root, `${branch}-2`)).toBe(knob('a').trim());
  git(root, 'branch', '-D', `${branch}-2`);
  await splitPromotions(root, ID);
  expect(git(root, 'branch', '--list', `${branch}-2`)).toBe('');
});

thorough(
  'after a rollback to the origin, the next promotion stands alone and was measured so',
  async () => {
    const { root, append } = await study();
    await append(...promotion(1, 'a', 'origin'));
    await splitPromotions(root, ID);
    await append(rollback('a', 'origin', 'a'), ...promotion(2, 'b', 'origin'));
    const [only, ...others] = (await splitPromotions(root, ID)) ?? [];
    expect(others).toEqual([]);
    expect(only).toMatchObject({ branch: `${branch}-2`, trial: 2, isMeasured: true });
    expect(titles(root, `${branch}-1`)).toEqual([BETTER, 'taken back: trial 1']);
    expect(titles(root, `${branch}-2`)).toEqual([BETTER]);
  },
);

thorough(
  'a branch of one change alone goes back to the origin, and its trailer says so',
  async () => {
    const { root, append } = await study();
    await append(...promotion(1, 'a', 'origin'), ...promotion(2, 'a!', 'a'));
    const [, alone] = (await splitPromotions(root, ID)) ?? [];
    expect(alone).toMatchObject({ branch: `${branch}-2`, isMeasured: false });
    await append(rollback('a!', 'a', 'a!'));
    await splitPromotions(root, ID);
    expect(git(root, 'diff', '--name-only', 'main', `${branch}-2`)).toBe('');
    const held = await checkCommit(root, ID, `${branch}-2`);
    expect(held).toMatchObject({ candidate: hashOf('origin'), differs: [] });
  },
);
