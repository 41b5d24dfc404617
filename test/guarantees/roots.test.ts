/** Roots as the loop keeps them: signed after each promotion, published as soon as the place answers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { decodeRow, type EventRow } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import { leavesOf, type PublishedRoots } from '../../src/core/published-roots.ts';
import { readKeyFiles } from '../../src/gatekeeper/key-files.ts';
import { folderSigner } from '../../src/gatekeeper/keys.ts';
import { runLoop } from '../../src/loop/loop.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import type { Publication, RootKeeper, SecondPlace } from '../../src/loop/second-place.ts';
import type { Study } from '../../src/loop/study.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { allRows, planOf, verifyRows } from './fixtures/verified-study.ts';

const folder = join(mkdtempSync(join(tmpdir(), 'paceline-roots-')), 'keys');
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));
const signer = folderSigner(folder, manualClock());
const { records: keys } = readKeyFiles(folder);
const { key, publicKey } = signer;
const user = { own: true } as const;
const identity = { digest: sha256('gate'), secretCommit: sha256('x'), key, publicKey, user };

const gatekeeper: RootKeeper['signer'] = {
  join: async () => identity,
  sign: async (statement) => ({ key, signature: signer.sign(statement) }),
};

async function ran(
  place: SecondPlace,
): Promise<{ readonly study: Study; readonly rows: readonly EventRow[] }> {
  const plan = { ...planOf(), roots: { signer: gatekeeper, place } };
  const ledger = await memoryStore({ clock: plan.clock }).open('rooted', 'write');
  const study = await openStudy({ plan, ledger, reporters: [] });
  await runLoop(study);
  return { study, rows: await allRows(ledger) };
}

function fileOf({ commit, roots, entries }: Publication): PublishedRoots {
  const leaves = leavesOf(entries);
  return {
    schema: 'paceline.roots/1',
    study: 'rooted',
    commit,
    at: Date.UTC(2024, 0),
    keys,
    roots,
    leaves,
  };
}

const bodiesOf = (rows: readonly EventRow[], type: string): readonly unknown[] =>
  rows.map(decodeRow).flatMap((event) => (event.type === type ? [event.body] : []));

test('each promotion of the main arm and the end have a root, and the place has them all', async () => {
  const kept: Publication[] = [];
  const place = { name: 'memory', publish: async (one: Publication) => void kept.push(one) };
  const { study, rows } = await ran(place);
  const promoted = bodiesOf(rows, 'candidate.promoted') as readonly { readonly arm: string }[];
  const generations = promoted.filter(({ arm }) => arm === 'main').length + 1;
  expect(generations).toBeGreaterThan(2);
  const numbers = Array.from({ length: generations }, (_, i) => i + 1);
  expect(bodiesOf(rows, 'root.signed')).toMatchObject(
    numbers.map((generation) => ({ generation })),
  );
  expect(bodiesOf(rows, 'root.published')).toEqual(
    numbers.map((generation) => ({ generation, place: 'memory' })),
  );
  expect(study.unpublished).toBeUndefined();
  // The last is over the closing entry, after which nothing is written.
  const last = kept.at(-1) as Publication;
  expect(last.roots.at(-1)?.to).toBe(rows.length);
  const report = await verifyRows(rows, { keys, published: fileOf(last) });
  expect(report.findings).toEqual([]);
  expect(report.blind.join('; ')).not.toMatch(/a cut end/);
});

test('a place that does not answer stops nothing, is recorded, and gets all roots once it does', async () => {
  const kept: Publication[] = [];
  let calls = 0;
  const place: SecondPlace = {
    name: 'far away',
    async publish(one) {
      calls += 1;
      if (calls === 1) throw new Error('no route to host');
      kept.push(one);
    },
  };
  const { rows } = await ran(place);
  expect(bodiesOf(rows, 'root.published').slice(0, 2)).toEqual([
    { generation: 1, place: 'far away', failed: 'no route to host' },
    { generation: 2, place: 'far away' },
  ]);
  expect(kept[0]?.roots.map(({ generation }) => generation)).toEqual([1, 2]);
  const report = await verifyRows(rows, { keys });
  expect(report.findings).toEqual([]);
});

test('a place that never answers is said after the last entry', async () => {
  const publish = () => Promise.reject(new Error('no route to host'));
  const { study, rows } = await ran({ name: 'far away', publish });
  expect(study.unpublished).toBe('no route to host');
  expect(rows.at(-1)?.type).toBe('study.closed');
});

test('a gatekeeper that cannot sign stops the study before its next promotion', async () => {
  const plan = planOf();
  const sign = () => Promise.reject(new Error('the key is gone'));
  const roots = { signer: { ...gatekeeper, sign } };
  const ledger = await memoryStore({ clock: plan.clock }).open('unsigned', 'write');
  const study = await openStudy({ plan: { ...plan, roots }, ledger, reporters: [] });
  await expect(runLoop(study)).rejects.toThrow('the key is gone');
  const rows = await allRows(ledger);
  expect(bodiesOf(rows, 'candidate.promoted')).toHaveLength(1);
  expect(bodiesOf(rows, 'study.closed')).toEqual([]);
});
