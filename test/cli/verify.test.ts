/** `paceline verify` against what was kept elsewhere: who is believed, and what is said of the rest. */
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keysFolder } from '../../src/app/study-files.ts';
import { forgeries } from '../guarantees/fixtures/ledger-forgeries.ts';
import { resigned } from '../guarantees/fixtures/signed-ledger.ts';
import { isThorough, thorough } from '../thorough.ts';
import { cli, emptyFolder } from './fixtures/cli.ts';
import { keysAt, type SignedFolder, signedFolder } from './fixtures/signed-folder.ts';

const thief = keysAt(join(emptyFolder(), 'thief'));

const both = ({ root, roots }: SignedFolder, ...more: readonly string[]) =>
  Promise.all([
    cli(root, 'verify', '--roots', roots, ...more),
    cli(root, 'verify', '--second', '--roots', roots, ...more),
  ]);

test('what is whole holds against its published roots, for both verifiers', async () => {
  const [first, second] = await both(await signedFolder());
  expect([first.stdout, first.code]).toEqual([expect.stringContaining('holds'), 0]);
  expect([second.stdout, second.code]).toEqual([expect.stringContaining('holds'), 0]);
  expect(second.stdout).toMatch(/derived again: .* signatures, .* roots/);
  expect(second.stdout).toContain('Not derived by it:');
});

const FORGED = [
  ['whole chain rewritten and signed with the stolen key', /not the one that was published/],
  ['the end cut off after the last root', /its end was cut/],
] as const;

test.each(isThorough ? FORGED : FORGED.slice(0, 1))(
  'planted: %s is found and its entry named',
  async (name, words) => {
    const folder = await signedFolder();
    const all = await forgeries(folder.ledger, { own: folder.own, thief });
    const forged = all.find((one) => one.name === name);
    if (forged === undefined) throw new Error(`no forgery is called ${name}`);
    folder.put(forged.rows);
    const [first, second] = await both(folder);
    expect([first.stdout, first.code]).toEqual([expect.stringMatching(words), 65]);
    expect(first.stdout).toMatch(/entry \d+/);
    expect([second.stdout, second.code]).toEqual([expect.stringMatching(/entry \d+: /), 65]);
  },
);

thorough('planted: signatures that changed places fit neither entry', async () => {
  const folder = await signedFolder();
  const { rows } = folder.ledger;
  const signed = rows.flatMap((row, i) => (row.type === 'gate.judged' ? [i] : []));
  const [a = 0, b = 0] = signed;
  const bodies = [a, b].map((i) => JSON.parse(rows[i]?.body ?? '')) as { signature: string }[];
  const swapped = rows.map((row, i) => {
    const at = [a, b].indexOf(i);
    if (at < 0) return row;
    return {
      ...row,
      body: JSON.stringify({ ...bodies[at], signature: bodies[1 - at]?.signature }),
    };
  });
  const { rechained } = await import('../guarantees/fixtures/verified-study.ts');
  folder.put(rechained(swapped));
  const { code, stdout } = await cli(folder.root, 'verify');
  expect([stdout, code]).toEqual([expect.stringMatching(/The signature does not fit/), 65]);
});

thorough(
  'planted: roots that were rewritten, are another study’s, or are no file at all',
  async () => {
    const folder = await signedFolder();
    const { published, rows } = folder.ledger;
    const verified = () => cli(folder.root, 'verify', '--roots', folder.roots);
    const [first, ...others] = published.roots;
    if (first === undefined) throw new Error('nothing was published');
    folder.publish({ ...published, roots: [{ ...first, root: published.commit }, ...others] });
    const rewritten = await verified();
    expect([rewritten.stdout, rewritten.code]).toEqual([expect.stringMatching(/signature/), 65]);
    const stolen = resigned(rows, thief);
    folder.put(stolen);
    folder.publish(published);
    expect((await verified()).code).toBe(65);
    folder.put(rows);
    folder.publish('{"schema":"paceline.roots/1"');
    const broken = await verified();
    expect([broken.code, broken.stderr]).toEqual([
      73,
      expect.stringMatching(/cannot be read as roots/),
    ]);
    const nowhere = await cli(folder.root, 'verify', '--roots', emptyFolder());
    expect([nowhere.code, nowhere.stderr]).toEqual([
      2,
      expect.stringMatching(/No roots of tested/),
    ]);
  },
);

test('planted: what a key signed counts for nothing once it is revoked, and a replaced key signs no more', async () => {
  const folder = await signedFolder();
  const { root, own } = folder;
  const revoked = await cli(root, 'keys', 'revoke', own.signer.key, '--reason', 'stolen');
  expect([revoked.stderr, revoked.code]).toEqual(['', 0]);
  const after = await cli(root, 'verify', '--json');
  expect(after.code).toBe(65);
  expect(after.stdout).toContain('key-revoked');
});

test('a key that others can read is said and nothing is signed with it; the rest is verified', async () => {
  const { root } = await signedFolder();
  const keys = keysFolder(root);
  for (const name of readdirSync(keys)) chmodSync(join(keys, name), 0o644);
  const listed = await cli(root, 'keys', 'list');
  expect([listed.code, listed.stderr]).toEqual([73, expect.stringMatching(/chmod 600/)]);
  const verified = await cli(root, 'verify');
  expect([verified.stdout, verified.code]).toEqual([expect.stringMatching(/chmod 600/), 0]);
});
