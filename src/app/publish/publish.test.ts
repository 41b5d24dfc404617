import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import { leafReader } from '../../core/published-roots.ts';
import { folderSigner } from '../../gatekeeper/keys.ts';
import { manualClock } from '../../testing/manual-clock.ts';
import { publish as publishSchema } from '../config-publish.ts';
import { keysFolder } from '../study-files.ts';
import { readPublished, secondPlace } from './place.ts';

const base = mkdtempSync(join(tmpdir(), 'paceline-publish-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const clock = manualClock();
const commit = sha256('secret');
const { signal } = new AbortController();

let count = 0;
function newRoot(): string {
  const root = join(base, `root-${++count}`);
  mkdirSync(root);
  return root;
}

function publicationOf(n: number) {
  const entries = Array.from({ length: n }, (_, i) => sha256(`entry ${i}`));
  const root = { generation: 1, from: 1, to: n, root: sha256('root'), key: sha256('key') };
  return { commit, entries, roots: [{ ...root, signature: `${'A'.repeat(86)}==` }] };
}

const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

test('a folder keeps the newest file of each study, which is read back with its leaves', async () => {
  const root = newRoot();
  const key = folderSigner(keysFolder(root), clock).key;
  for (const id of ['one', 'two']) {
    const place = secondPlace({ folder: 'elsewhere' }, { root, id, clock });
    await place.publish(publicationOf(2), signal);
    await place.publish(publicationOf(3), signal);
  }
  expect(readdirSync(join(root, 'elsewhere')).sort()).toEqual(['one.json', 'two.json']);
  const file = await readPublished(root, 'two', 'elsewhere');
  expect(file).toMatchObject({ study: 'two', commit, keys: [{ key }] });
  const leaves = leafReader(file.leaves);
  expect(leaves.count).toBe(3);
  expect([leaves.fits(3, sha256('entry 2')), leaves.fits(2, sha256('entry 2'))]).toEqual([
    true,
    false,
  ]);
  await expect(readPublished(root, 'three', 'elsewhere')).rejects.toThrow(/No roots of three/);
  writeFileSync(join(root, 'elsewhere', 'two.json'), '{}');
  await expect(readPublished(root, 'two', 'elsewhere')).rejects.toThrow(/cannot be read as roots/);
});

test('a folder among the studies is no second place, and one that cannot be written says so', async () => {
  const root = newRoot();
  const of = { root, id: 'one', clock };
  expect(() => secondPlace({ folder: '.paceline/roots' }, of)).toThrow(/where the studies lie/);
  writeFileSync(join(root, 'file'), '');
  const place = secondPlace({ folder: 'file/below' }, of);
  await expect(place.publish(publicationOf(1), signal)).rejects.toMatchObject({
    code: 'WORKSPACE',
  });
});

/** A person's repository with a remote, work under way and hooks that would betray a run. */
function personsRepository(): { readonly root: string; readonly bare: string } {
  const bare = join(base, `bare-${++count}`);
  git(base, 'init', '--quiet', '--bare', bare);
  const root = newRoot();
  git(root, 'init', '--quiet', '-b', 'main');
  git(root, 'remote', 'add', 'origin', bare);
  // As every study leaves it.
  mkdirSync(join(root, '.paceline'));
  writeFileSync(join(root, '.paceline/.gitignore'), '*\n');
  writeFileSync(join(root, 'staged'), 'staged');
  git(root, 'add', 'staged');
  writeFileSync(join(root, 'untracked'), 'untracked');
  for (const hook of ['pre-push', 'reference-transaction', 'post-checkout']) {
    const path = join(root, '.git/hooks', hook);
    mkdirSync(join(root, '.git/hooks'), { recursive: true });
    writeFileSync(path, `#!/bin/sh\ntouch ${join(base, 'hook-ran')}\n`);
    chmodSync(path, 0o755);
  }
  return { root, bare };
}

test('a git remote gets one commit for each publication, and the person’s repository none', async () => {
  const { root, bare } = personsRepository();
  const before = [git(root, 'status', '--porcelain'), git(root, 'for-each-ref')];
  const publish = { git: 'origin', branch: 'paceline-heads' };
  const places = ['one', 'two'].map((id) => secondPlace(publish, { root, id, clock }));
  for (const place of places) await place.publish(publicationOf(2), signal);
  await Promise.all(places.map((place) => place.publish(publicationOf(3), signal)));
  expect(git(bare, 'rev-list', '--count', 'paceline-heads')).toBe('4');
  expect(git(bare, 'ls-tree', '--name-only', 'paceline-heads')).toBe('one.json\ntwo.json');
  expect([git(root, 'status', '--porcelain'), git(root, 'for-each-ref')]).toEqual(before);
  expect(existsSync(join(root, '.git/FETCH_HEAD'))).toBe(false);
  expect(existsSync(join(base, 'hook-ran'))).toBe(false);
  for (const id of ['one', 'two']) {
    const file = await readPublished(root, id, 'git:origin');
    expect(leafReader(file.leaves).count).toBe(3);
  }
  await expect(readPublished(root, 'three', `git:${bare}#paceline-heads`)).rejects.toThrow(
    /No roots/,
  );
  await expect(readPublished(root, 'one', `git:${bare}#main`)).rejects.toThrow(/No roots/);
});

test('a remote that is not there fails with what git said, and no password', async () => {
  const root = newRoot();
  const publish = { git: 'https://me:secret@127.0.0.1:9/none.git', branch: 'paceline-heads' };
  const place = secondPlace(publish, { root, id: 'one', clock });
  const failure = await place.publish(publicationOf(1), signal).catch((error) => error);
  expect(failure).toMatchObject({ code: 'WORKSPACE' });
  expect(JSON.stringify([failure.message, failure.data, place.name])).not.toMatch(/secret/);
});

test.each(['-upload-pack=x', 'ext::sh -c id', 'a\nb', ''])('no remote: %j', (remote) => {
  expect(publishSchema.safeParse({ git: remote }).success).toBe(false);
});

test.each(['-x', 'a..b', 'a//b', 'a.lock', 'a b', 'a/'])('no branch: %j', (branch) => {
  expect(publishSchema.safeParse({ git: 'origin', branch }).success).toBe(false);
});

test('what git itself calls no program is not started either', async () => {
  const root = newRoot();
  const ran = join(base, 'ran');
  const place = secondPlace({ git: `ext::touch ${ran}`, branch: 'b' }, { root, id: 'one', clock });
  await expect(place.publish(publicationOf(1), signal)).rejects.toThrow(/git ls-remote/);
  expect(existsSync(ran)).toBe(false);
  expect(readFileSync(join(root, '.paceline/heads.git/HEAD'), 'utf8')).toMatch(/^ref:/);
});
