/** Signatures and roots in a ledger: what holds, and each way in which it does not. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { EventRow } from '../../src/core/events.ts';
import type { KeyRecord } from '../../src/core/key-records.ts';
import { readKeyFiles } from '../../src/gatekeeper/key-files.ts';
import { folderSigner, revokeKey, rotateKey } from '../../src/gatekeeper/keys.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { type Keys, signedFrom, signedLedger } from './fixtures/signed-ledger.ts';
import { rechained, rowsOf, verifyRows } from './fixtures/verified-study.ts';

const base = mkdtempSync(join(tmpdir(), 'paceline-signed-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const clock = manualClock();

let folders = 0;
function newKeys(): Keys & { readonly folder: string } {
  const folder = join(base, `${++folders}`);
  const signer = folderSigner(folder, clock);
  return { folder, signer, records: readKeyFiles(folder).records };
}

const own = newKeys();
const LEDGER = await signedLedger(own);
const { rows: ROWS, published, keys, head } = LEDGER;
const OUTSIDE = { keys, published, heads: [head] };

const rowOf = (type: string): EventRow => ROWS.find((row) => row.type === type) as EventRow;
/** The body changed, and every hash after it as if it had always been so. */
function rewritten(
  type: string,
  edit: object,
): { readonly rows: readonly EventRow[]; readonly seq: number } {
  const row = rowOf(type);
  const body = JSON.stringify({ ...JSON.parse(row.body), ...edit });
  return { seq: row.seq, rows: rechained(ROWS.with(row.seq - 1, { ...row, body })) };
}
const kindsOf = async (rows: readonly EventRow[], more: object = { keys }) => [
  ...new Set((await verifyRows(rows, more)).findings.map(({ seq, kind }) => `${seq} ${kind}`)),
];

test('a whole ledger has no finding, with or without what is known outside', async () => {
  for (const outside of [{}, { keys }, OUTSIDE]) {
    const report = await verifyRows(ROWS, outside);
    expect(report.findings).toEqual([]);
    expect(report.altered).toBeUndefined();
  }
});

test('what an unanchored verify cannot see is said, and goes as far as something vouches for it', async () => {
  const blindOf = async (outside: object) => (await verifyRows(ROWS, outside)).blind.join('; ');
  expect(await blindOf({})).toMatch(
    /a cut end .* and a ledger rewritten as a whole.*their records are not here/,
  );
  const rooted = JSON.parse(rowOf('root.signed').body) as { readonly to: number };
  expect(rooted.to).toBeGreaterThan(10);
  const lastRoot = published.roots.at(-2)?.to;
  expect(await blindOf({ keys })).toMatch(
    `after entry ${lastRoot}, the last that anything outside`,
  );
  expect(await blindOf(OUTSIDE)).not.toMatch(/a cut end/);
  expect(await blindOf({ heads: [`20:${ROWS[19]?.hash}`] })).toMatch(/after entry 20, the last/);
  expect(await blindOf({ withoutKeys: 'chmod 600 x.' })).toMatch(/gatekeeper’s: chmod 600 x/);
});

test.each([
  ['gate.judged', { verdict: 'fail' }],
  ['gate.judged', { evidence: `sha256:${'0'.repeat(64)}` }],
  ['audit.finished', { completeness: 0.5 }],
  ['approval.decided', { reason: 'did not read it' }],
])(
  'a signed %s that says %j is found where it stands, however the chain was mended',
  async (type, edit) => {
    const { rows, seq } = rewritten(type, edit);
    expect(await kindsOf(rows)).toContain(`${seq} signature`);
  },
);

test.each([
  ['approval.requested', { candidate: `sha256:${'0'.repeat(64)}` }, 'approval.decided'],
  ['audit.opened', { to: `sha256:${'0'.repeat(64)}` }, 'audit.finished'],
])('an answer does not pass for that to another question: %s', async (question, edit, answer) => {
  const { rows } = rewritten(question, edit);
  expect(await kindsOf(rows)).toContain(`${rowOf(answer).seq} signature`);
});

test('an approval that nobody signed is none', async () => {
  const { rows, seq } = rewritten('approval.decided', { key: undefined, signature: undefined });
  expect(await kindsOf(rows)).toContain(`${seq} signature`);
});

test('a root over other entries, out of turn, or missing at the end is found', async () => {
  const { rows, seq } = rewritten('trial.settled', { operator: 'another' });
  const root = rowOf('root.signed');
  expect(seq).toBeLessThan(root.seq);
  expect(await kindsOf(rows)).toContain(`${root.seq} root`);
  expect((await verifyRows(rows, { keys })).altered).toEqual({ from: 1, to: root.seq - 1 });
  const without = rechained(ROWS.filter(({ type }) => !type.startsWith('root.')));
  expect(await kindsOf(without)).toEqual([`${without.length} root`]);
  const skipped = rewritten('root.signed', { generation: 2 });
  expect(await kindsOf(skipped.rows)).toContain(`${skipped.seq} root`);
});

test('a ledger signed with another key fits itself, and not the records of the keys', async () => {
  const forged = signedFrom(await rowsOf({ seed: 'forged' }), newKeys());
  expect(await kindsOf(forged.rows, {})).toEqual([]);
  const joined = forged.rows.find(({ type }) => type === 'gatekeeper.joined')?.seq;
  const findings = await kindsOf(forged.rows);
  expect(findings[0]).toBe(`${joined} key-unknown`);
  expect(findings.length).toBeGreaterThan(3);
  const swapped = rewritten('gatekeeper.joined', { publicKey: newKeys().signer.publicKey });
  expect(await kindsOf(swapped.rows, {})).toContain(`${swapped.seq} signature`);
  const unknown = rewritten('gate.judged', { key: newKeys().signer.key });
  expect(await kindsOf(unknown.rows, {})).toContain(`${unknown.seq} key-unknown`);
});

test('a key that was replaced or revoked by then is found, each as its own kind', async () => {
  const judged = rowOf('gate.judged').seq;
  const times = manualClock(1_000_000);
  const folder = join(base, 'past');
  folderSigner(folder, times);
  const other = { folder, clock: times };
  const { records } = rotateKey(other);
  const signer = folderSigner(folder, times);
  const ledger = signedFrom(await rowsOf(), { signer, records });
  times.advance(600_000);
  const replaced = rotateKey(other).records;
  // The ledger was written decades after: by then the key had been replaced.
  expect(await kindsOf(ledger.rows, { keys: records })).toEqual([]);
  expect(await kindsOf(ledger.rows, { keys: replaced })).toContain(`${judged} key-replaced`);
  const revoked = revokeKey({ ...other, key: signer.key, from: 5, reason: 'copied' }).records;
  expect(await kindsOf(ledger.rows, { keys: revoked })).toContain(`${judged} key-revoked`);
});

const otherRoots = {
  ...published,
  roots: published.roots.map((root) => ({ ...root, root: ROWS[0]?.hash as string })),
};
const otherKeys = (): readonly KeyRecord[] => newKeys().records;

test.each([
  ['roots that nobody signed', () => ({ published: otherRoots }), 'signature'],
  [
    'roots of another study',
    () => ({ published: { ...published, commit: ROWS[0]?.hash as string } }),
    'root',
  ],
  [
    'keys of another history',
    () => ({ published: { ...published, keys: otherKeys() } }),
    'key-unknown',
  ],
  [
    'a root left out',
    () => ({ published: { ...published, roots: published.roots.slice(1) } }),
    'root',
  ],
  [
    'pieces of other hashes',
    () => ({ published: { ...published, leaves: `A${published.leaves.slice(1)}` } }),
    'root',
  ],
])('a file in the second place with %s is found', async (_, made, kind) => {
  const { findings } = await verifyRows(ROWS, { keys, ...made() });
  expect(findings.map((one) => one.kind)).toContain(kind);
});

test('published roots name the entry that was rewritten; a head alone says between which it is', async () => {
  const { rows, seq } = rewritten('trial.settled', { operator: 'another' });
  expect((await verifyRows(rows, { published })).altered).toEqual({ from: seq, to: seq });
  const heads = [`${seq - 2}:${ROWS[seq - 3]?.hash}`, head];
  const report = await verifyRows(rows, { heads });
  expect(report).toMatchObject({ anchor: 'missing', altered: { from: seq - 1 } });
  const cut = ROWS.slice(0, -4);
  expect((await verifyRows(cut, { published })).altered).toEqual({
    from: cut.length + 1,
    to: cut.length + 1,
  });
});
