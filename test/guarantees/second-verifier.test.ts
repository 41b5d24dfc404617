/** A verifier of one file and no code of ours: agrees on what is whole, and sees what is forged. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { SecondReport } from '../../src/app/second/verify-second.ts';
import { SECOND_VERIFIER } from '../../src/app/second/verify-second.ts';
import type { EventRow } from '../../src/core/events.ts';
import type { KeyRecord } from '../../src/core/key-records.ts';
import type { PublishedRoots } from '../../src/core/published-roots.ts';
import { readKeyFiles } from '../../src/gatekeeper/key-files.ts';
import { folderSigner } from '../../src/gatekeeper/keys.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { recordedRows } from '../golden/recorded.ts';
import { forgeries } from './fixtures/ledger-forgeries.ts';
import { type Keys, signedLedger } from './fixtures/signed-ledger.ts';
import { rowsOf } from './fixtures/verified-study.ts';

const base = mkdtempSync(join(tmpdir(), 'paceline-second-test-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

interface Given {
  readonly keys?: readonly KeyRecord[];
  readonly heads?: readonly string[];
  readonly published?: PublishedRoots;
}
interface Asked extends Omit<Given, 'keys'> {
  readonly header: object;
  readonly rows: readonly EventRow[];
}
const { judgeLedger } = (await import(SECOND_VERIFIER)) as {
  readonly judgeLedger: (asked: Asked) => SecondReport;
};

function second(rows: readonly EventRow[], { keys, ...outside }: Given = {}): SecondReport {
  const header = { schema: 'paceline.ledger/1', study: 'tested', ...(keys ? { keys } : {}) };
  return judgeLedger({ header, rows, ...outside });
}

function keysIn(name: string): Keys {
  const signer = folderSigner(join(base, name), manualClock());
  return { signer, records: readKeyFiles(join(base, name)).records };
}
const own = keysIn('own');
const LEDGER = await signedLedger(own);
const { rows: ROWS, keys, published, head } = LEDGER;

test.each(['fold-1.jsonl', 'fold-2.jsonl'])('both agree on the golden ledger %s', (file) => {
  const report = second(recordedRows(file));
  expect(report.findings).toEqual([]);
  expect(report.derived.confirms).toBeGreaterThan(0);
  expect(report.derived.promotions).toBeGreaterThan(0);
});

test('both agree on a signed ledger, its head and its published roots', () => {
  const report = second(ROWS, { keys, heads: [head], published });
  expect(report).toMatchObject({ ok: true, findings: [], head });
  const roots = published.roots.length - 1;
  expect(report.derived).toMatchObject({ roots, signatures: roots + 4 });
});

test.each([
  ['paired screens', { screen: 'paired' as const }],
  ['e-lond', { rule: { mode: 'e-lond' as const } }],
  ['a margin', { rule: { minEffect: 0.5 } }],
  ['another seed', { seed: 'second' }],
])('no false alarm: %s', async (_, options) => {
  const report = second(await rowsOf(options));
  expect(report.findings).toEqual([]);
  expect(report.derived.confirms).toBeGreaterThan(0);
});

test('what it does not derive is said by name', async () => {
  const report = second(await rowsOf({ rule: { method: 't-mixture' } }));
  expect(report.ok).toBe(true);
  expect(report.derived.confirms).toBe(0);
  expect(report.notDerived.join('; ')).toMatch(
    /case numbers.*evidence by method t-mixture.*no records/,
  );
});

/** Between the lines of the engine's verifier and not of this one's: what it says it does not derive. */
const BEYOND = ['another study’s trial replayed', 'an incident dropped', 'an incident played down'];

test('every forgery is seen against a head and published roots, most by their content alone', async () => {
  const all = await forgeries(LEDGER, { own, thief: keysIn('thief') });
  for (const { name, rows, isSeenUnanchored } of all) {
    const anchored = second(rows, { keys, heads: [head] });
    expect(anchored.ok, name).toBe(false);
    expect(second(rows, { keys, published }).ok, name).toBe(false);
    const alone = second(rows, { keys });
    if (!BEYOND.includes(name)) expect(!alone.ok, name).toBe(isSeenUnanchored);
  }
});

test('as a program it needs nothing but Node, and ends with the exit code of what it found', () => {
  const run = (rows: readonly EventRow[], ...options: readonly string[]) => {
    const file = join(base, 'ledger.jsonl');
    const header = { schema: 'paceline.ledger/1', study: 'tested', keys };
    writeFileSync(file, `${[header, ...rows].map((row) => JSON.stringify(row)).join('\n')}\n`);
    const copy = join(base, 'alone.mjs');
    copyFileSync(SECOND_VERIFIER, copy);
    const { status, stdout } = spawnSync(process.execPath, [copy, file, ...options], {
      encoding: 'utf8',
    });
    return { status, ...(stdout ? (JSON.parse(stdout) as SecondReport) : {}) };
  };
  const roots = join(base, 'roots.json');
  writeFileSync(roots, JSON.stringify(published));
  expect(run(ROWS, '--head', head, '--roots', roots)).toMatchObject({ status: 0, ok: true });
  expect(run(ROWS.slice(0, -1), '--roots', roots)).toMatchObject({ status: 65, ok: false });
  expect(run(ROWS, '--hed', head).status).toBe(1);
});
