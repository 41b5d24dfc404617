/** A seal is promised before, opened once, and what came of it is derived again; each refusal with its planted fault. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../../test/cli/fixtures/cli.ts';
import type { SeedReadings } from '../../../improver/comparison.ts';
import { keysFolder } from '../../study-files.ts';
import { systemClock } from '../../system-clock.ts';
import { findingsOf } from '../compare/findings.ts';
import type { ComparisonPlan } from '../compare/plan.ts';
import { verifyJournal } from '../compare/verify-journal.ts';
import { addRow, readRows } from '../ledger/rows.ts';
import { openSeal } from './open.ts';
import { ledgerOf, poolDigest, readSeal, sealedFolder, seedIn } from './pool.ts';
import { sealOf, sealPool } from './seal.ts';

const RELEASE = '1.2.3';
const DATE = '2026-11-28';

function pool() {
  const folder = emptyFolder();
  const old = { release: '1.2.2', seedHash: 'ab'.repeat(32), writtenBy: 'a test', date: DATE };
  writeFileSync(join(folder, 'seal.json'), JSON.stringify(old));
  writeFileSync(join(folder, 'generate.mjs'), '// draws');
  return folder;
}

const secretIn = (): string => join(emptyFolder(), 'secret');

function sealed(release = RELEASE) {
  const folder = pool();
  const secret = secretIn();
  const seal = sealPool({ folder, release, secret, date: DATE });
  const root = emptyFolder();
  const open = (other: Partial<Parameters<typeof openSeal>[0]> = {}) =>
    openSeal({ folder, release, secret, keys: keysFolder(root), clock: systemClock, ...other });
  return { folder, secret, seal, root, open, ledger: ledgerOf(folder, release) };
}

const line = (name: string) => ({ line: name, about: name, times: 1 });
const PLAN: ComparisonPlan = {
  first: { id: 'sha256:a', ...line('g0') },
  second: { id: 'sha256:b', ...line('g1') },
  beside: [line('bare')],
  missing: [],
  tasks: 'sealed',
  pairs: 'task',
  seeds: [],
  budget: { unit: 'cpu-ms', amount: 1_000 },
};

const reading = (name: string, solved: number) => ({
  line: name,
  solved,
  of: 60,
  families: { runs: [solved, 60] as const },
  effort: 1,
  candidates: 1,
  cpuMs: 1,
  places: Array.from({ length: solved }, (_, at) => at),
});

const readings = (seed: number): readonly SeedReadings[] => [
  {
    seed,
    known: 0,
    unrecognised: [],
    lines: [reading('g1', 30), reading('g0', 15), reading('bare', 29)],
  },
];

function opened(at: ReturnType<typeof sealed>) {
  const { seed, journal } = at.open();
  journal.planned(PLAN);
  const all = readings(seed);
  journal.measured(all, findingsOf(PLAN, all));
  return at;
}

test('sealed: a secret only its owner reads, its hash in two places; opened: what came of it holds', () => {
  const at = sealed();
  expect(statSync(at.secret).mode & 0o777).toBe(0o600);
  const secret = readFileSync(at.secret, 'utf8').trim();
  expect(seedIn(secret)).toBeLessThan(2 ** 32);
  const [first] = readRows(at.ledger);
  expect(first?.body).toMatchObject({ release: RELEASE, seedHash: at.seal.seedHash });
  expect(readFileSync(join(at.folder, 'seal.json'), 'utf8')).toContain(at.seal.seedHash);
  expect(verifyJournal(at.root, at.ledger).words).toBe('Sealed, and not opened.');
  opened(at);
  const report = verifyJournal(at.root, at.ledger);
  expect(report).toMatchObject({ ok: true, isOurs: true, findings: [] });
  expect(report.words).toMatch(
    /^g1 solves more than g0: 15 tasks .* 0 that .* of 60 \(exact McNemar/,
  );
  // Elsewhere nobody vouches for the key.
  expect(verifyJournal(emptyFolder(), at.ledger)).toMatchObject({ ok: true, isOurs: false });
});

test('before anything is measured the plan stands in the ledger, and the line does not', () => {
  const at = sealed();
  at.open().journal.planned(PLAN);
  expect(readRows(at.ledger).map(({ type }) => type)).toEqual(['seal.made', 'comparison.planned']);
  expect(verifyJournal(at.root, at.ledger)).toMatchObject({ ok: true });
  // Broken off: the same run may be gone on with, another one may not.
  expect(() => at.open().journal.planned({ ...PLAN, tasks: 'other' })).toThrow('opened already');
  const { seed, journal } = at.open();
  journal.planned(PLAN);
  journal.measured(readings(seed), findingsOf(PLAN, readings(seed)));
  expect(verifyJournal(at.root, at.ledger)).toMatchObject({ ok: true });
});

test('a second opening is refused, and so is another draw for a release that was opened', () => {
  const at = opened(sealed());
  expect(() => at.open().journal.planned(PLAN)).toThrow(/opened already, and it is opened once/);
  const again = { folder: at.folder, release: RELEASE, secret: secretIn(), date: DATE };
  expect(() => sealPool({ ...again, lost: 'I did not like it' })).toThrow(/was opened for 1\.2\.3/);
  // Nor by a promise for another release that is set back by hand.
  expect(sealPool({ ...again, release: '1.2.4' }).release).toBe('1.2.4');
  expect(() => sealPool({ ...again, secret: secretIn() })).toThrow(/was opened for 1\.2\.3/);
});

test.each([
  [
    'another line',
    /is not the one that 1\.2\.3 was sealed with/,
    () => ({ secret: sealed().secret }),
  ],
  ['no file', /no such file/, () => ({ secret: '/nowhere/secret' })],
  [
    'a file that others read',
    /can be read by others \(mode 644\)/,
    ({ secret }: { secret: string }) => void chmodSync(secret, 0o644),
  ],
  [
    'no such line',
    /does not hold one line seed:nonce/,
    ({ secret }: { secret: string }) => void writeFileSync(secret, '7'),
  ],
  ['another release', /sealed for 1\.2\.3, and this is 9\.9\.9/, () => ({ release: '9.9.9' })],
  [
    'another pool than was sealed',
    /were changed after it was sealed/,
    ({ folder }: { folder: string }) =>
      void writeFileSync(join(folder, 'generate.mjs'), '// draws easier ones'),
  ],
  [
    'a ledger that is gone',
    /does not begin with the hash in seal\.json/,
    ({ folder }: { folder: string }) =>
      void writeFileSync(
        join(folder, 'seal.json'),
        readFileSync(join(folder, 'seal.json'), 'utf8').replace(/[0-9a-f]{64}/, 'cd'.repeat(32)),
      ),
  ],
])('planted: %s is refused, and nothing is opened', (_, words, plant) => {
  const at = sealed();
  const other = plant(at);
  expect(() => at.open(other ?? {})).toThrow(words);
  expect(readRows(at.ledger)).toHaveLength(1);
});

test('a seal is lost with a reason that stays, and a secret is neither overwritten nor put beside the pool', () => {
  const at = sealed();
  const again = { folder: at.folder, release: RELEASE, secret: secretIn(), date: DATE };
  expect(() => sealPool(again)).toThrow(/sealed already.*--lost REASON/);
  expect(() => sealPool({ ...again, secret: at.secret, lost: 'the disk' })).toThrow('exists');
  mkdirSync(join(at.folder, '.git'));
  const beside = join(at.folder, 'secret');
  expect(() => sealPool({ ...again, secret: beside, lost: 'the disk' })).toThrow('with the pool');
  expect(readRows(at.ledger)).toHaveLength(1);
  const seal = sealPool({ ...again, lost: 'the disk' });
  const [first] = readRows(at.ledger);
  const lost = [{ seedHash: at.seal.seedHash, date: DATE, why: 'the disk' }];
  expect(first?.body).toMatchObject({ seedHash: seal.seedHash, lost });
});

test('planted: a seal is not lost without a word by sealing another release in between', () => {
  const at = sealed();
  const again = { folder: at.folder, release: RELEASE, secret: secretIn(), date: DATE };
  sealPool({ ...again, release: '1.2.4' });
  const back = { ...again, secret: secretIn() };
  expect(() => sealPool(back)).toThrow(/1\.2\.3 is sealed already.*--lost REASON/);
  sealPool({ ...back, lost: 'back to this release' });
  const lost = [{ seedHash: at.seal.seedHash, date: DATE, why: 'back to this release' }];
  expect(readRows(at.ledger)[0]?.body).toMatchObject({ lost });
});

type Change = (row: { type: string; body: Record<string, unknown> }) => unknown;

test.each<[string, Change, RegExp]>([
  [
    'a reading',
    ({ type, body }) =>
      type === 'comparison.measured' && Object.assign(body, { seeds: readings(7) }),
    /another seed than the sealed one/,
  ],
  [
    'a count',
    ({ type, body }) =>
      type === 'comparison.measured' &&
      Object.assign((body['seeds'] as { lines: object[] }[])[0]?.lines[0] ?? {}, { solved: 45 }),
    /readings contradict themselves/,
  ],
  [
    'a place',
    ({ type, body }) =>
      type === 'comparison.measured' &&
      Object.assign((body['seeds'] as { lines: object[] }[])[0]?.lines[1] ?? {}, {
        places: Array.from({ length: 15 }, () => 0),
      }),
    /readings contradict themselves/,
  ],
  [
    'a sentence',
    ({ type, body }) => type === 'comparison.closed' && Object.assign(body, { claims: [] }),
    /other sentences/,
  ],
  [
    'the line',
    ({ type, body }) =>
      type === 'seal.revealed' && Object.assign(body, { line: `7:${'0'.repeat(32)}` }),
    /is not the one its first entry promises/,
  ],
])(
  'planted: %s is exchanged, with the whole chain written anew, and the rest accuses',
  (_, change, words) => {
    const at = opened(sealed());
    const forged = emptyFolder();
    let rows: readonly ReturnType<typeof readRows>[number][] = [];
    for (const row of readRows(at.ledger)) {
      change(row as never);
      rows = [...rows, addRow(forged, rows, row) as never];
    }
    const report = verifyJournal(at.root, forged);
    expect(report.ok).toBe(false);
    expect(report.findings.join(' ')).toMatch(words);
    expect(report.findings.join(' ')).toMatch(/signature|entry before/);
  },
);

test('planted: an entry edited in place, or taken away, breaks the chain', () => {
  const at = opened(sealed());
  const path = join(at.ledger, readdirSync(at.ledger).sort()[1] as string);
  writeFileSync(path, readFileSync(path, 'utf8').replace('1000', '2000'));
  expect(verifyJournal(at.root, at.ledger).findings).toEqual([
    'Entry 2 is not what was written after the one before it.',
  ]);
  writeFileSync(path, '{');
  expect(() => verifyJournal(at.root, at.ledger)).toThrow('is no entry of a ledger');
});

test('planted: two that open at once, one of them is told', () => {
  const at = sealed();
  const [a, b] = [at.open(), at.open()];
  a.journal.planned(PLAN);
  expect(() => b.journal.planned(PLAN)).toThrow('Another process writes the ledger');
});

test('the pool that is shipped is as it was sealed, and its ledger holds', () => {
  const folder = sealedFolder('.', 'sealed') as string;
  const seal = readSeal(folder);
  const ledger = ledgerOf(folder, seal.release);
  const first = sealOf(readRows(ledger)[0]);
  expect(first).toMatchObject({ release: seal.release, seedHash: seal.seedHash });
  expect(first.pool).toBe(poolDigest(folder));
  expect(verifyJournal(emptyFolder(), ledger)).toMatchObject({ ok: true });
});
