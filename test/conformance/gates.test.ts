/** The gate's record on disk keeps what the one in memory keeps, and says so when it cannot. */
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, describe, expect, test } from 'vitest';
import { readGateRows } from '../../src/core/gate-chain.ts';
import { sha256 } from '../../src/core/hash.ts';
import { holdoutGate } from '../../src/gates/c4-holdout.ts';
import type { GateStore, SealedQuestion } from '../../src/gates/contract.ts';
import { poolGate } from '../../src/gates/pool-bit.ts';
import { createRecord, openRecord, readRecord } from '../../src/gates/record-file.ts';
import { memoryGate } from '../../src/testing/memory-gate.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-gate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secretCommit = sha256('secret');
const BODY = JSON.stringify({
  generation: 1,
  cases: 2,
  queries: 3,
  step: 0.5,
  candidate: sha256('origin'),
  evals: 2,
  values: [1, null],
});

let made = 0;
function newFile(): string {
  const path = join(folder, `record-${made++}.db`);
  createRecord(path);
  return path;
}

describe.each([
  ['memory', () => memoryGate(secretCommit)],
  ['file', () => openRecord({ path: newFile(), secretCommit })],
])('a record in %s', (_name, open) => {
  test('chains what it is given, in order', () => {
    const store = open();
    expect(store.rows()).toEqual([]);
    const first = store.append('sealed', BODY);
    const second = store.append('sealed', BODY);
    expect(store.rows()).toEqual([first, second]);
    expect(first.hash).not.toBe(second.hash);
    expect(readGateRows(store.rows(), secretCommit).map(({ entry }) => entry)).toEqual([1, 2]);
    expect(() => readGateRows(store.rows(), sha256('other'))).toThrow(/another study/);
    store.close();
  });
});

test('it is the owner’s alone, durable when it answers, and one file', () => {
  const path = newFile();
  const store = openRecord({ path, secretCommit });
  store.append('sealed', BODY);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  // Read beside the writer, which has not closed it.
  expect(readRecord(path)?.map(({ body }) => body)).toEqual([BODY]);
  store.close();
  expect(openRecord({ path, secretCommit }).rows()).toHaveLength(1);
});

test('a second writer is refused at its first entry', () => {
  const path = newFile();
  const [one, other] = [openRecord({ path, secretCommit }), openRecord({ path, secretCommit })];
  one.append('sealed', BODY);
  expect(() => other.append('sealed', BODY)).toThrow(/Another gatekeeper wrote/);
  expect(readRecord(path)).toHaveLength(1);
  one.close();
  other.close();
});

test('a row that was changed, taken out or put in is found', () => {
  const path = newFile();
  const store = openRecord({ path, secretCommit });
  for (let i = 0; i < 3; i++) store.append('sealed', BODY);
  store.close();
  const rows = readRecord(path) ?? [];
  expect(readGateRows(rows, secretCommit)).toHaveLength(3);
  const changes = [
    "update entry set body = replace(body, '0.5', '0.6') where entry = 2",
    'delete from entry where entry = 2',
    "update entry set kind = 'judged' where entry = 3",
  ];
  for (const change of changes) {
    const db = new Database(path);
    db.exec(`begin; ${change}`);
    const seen = db.prepare('select entry, kind, body, hash from entry order by entry').all();
    db.exec('rollback');
    db.close();
    expect(() => readGateRows(seen as never, secretCommit), change).toThrow(
      /not what the gate wrote/,
    );
  }
});

test('a record that is missing, damaged, there already or cannot be made is one sentence', () => {
  const path = newFile();
  expect(() => createRecord(path)).toThrow(/cannot be made/);
  expect(() => createRecord(join(path, 'record.db'))).toThrow(/cannot be made/);
  const gone = join(folder, 'gone.db');
  expect(() => openRecord({ path: gone, secretCommit })).toThrow(/is gone/);
  expect(readRecord(gone)).toBeUndefined();
  truncateSync(path);
  writeFileSync(path, 'no database at all, but text that is long enough to look at'.repeat(20));
  expect(() => openRecord({ path, secretCommit })).toThrow(/cannot be read/);
  expect(() => readRecord(path)).toThrow(/cannot be read/);
});

/** Scores its candidates what their text says, and notes what it was asked. */
function gateOn(store: GateStore) {
  const measured: SealedQuestion[] = [];
  const cases = (generation: number) => [10 * generation, 10 * generation + 1];
  const measure = async (question: SealedQuestion) => {
    measured.push(question);
    const { candidate, against, isAgainstKnown } = question;
    const sides = against && !isAgainstKnown ? [candidate, against] : [candidate];
    const [values = [], againstValues] = sides.map(({ text }) => [Number(text), Number(text) + 1]);
    return { values, ...(againstValues ? { againstValues } : {}), evals: 2 * sides.length };
  };
  const gate = holdoutGate({
    open: () => store,
    secretCommit,
    promise: { cases: 2, queries: 2 },
    metric: { goal: 'max' },
    sealed: { cases, measure },
  });
  return { gate, measured };
}

const candidateOf = (text: string) => ({ id: sha256(text), text });
const signal = new AbortController().signal;
const origin = candidateOf('5');
const sealRequest = { candidate: origin, step: 1, isRepeatable: true };
const ask = (text: string) => ({
  candidate: candidateOf(text),
  against: origin,
  generation: 1,
  block: { mean: Number(text) - 5, sd: 0.1, n: 12 },
  isRepeatable: true,
});

describe('the hold-out gate', () => {
  test('seals once, answers a question once and the same again, whoever asks', async () => {
    const store = memoryGate(secretCommit);
    const { gate, measured } = gateOn(store);
    const sealed = await gate.seal(sealRequest, signal);
    expect(await gate.seal(sealRequest, signal)).toEqual(sealed);
    const answer = await gate.judge(ask('7'), signal);
    expect(answer).toMatchObject({ verdict: 'improved', gate: 'pass', query: 1, queriesLeft: 1 });
    expect(await gate.judge(ask('7'), signal)).toEqual(answer);
    // Another process on the same record.
    expect(await gateOn(store).gate.judge(ask('7'), signal)).toEqual(answer);
    expect(measured.map(({ candidate }) => candidate.text)).toEqual(['5', '7']);
    expect(store.rows()).toHaveLength(2);
  });

  test('tells no value of a sealed case before it is revealed', async () => {
    const { gate } = gateOn(memoryGate(secretCommit));
    const said = [await gate.seal(sealRequest, signal), await gate.judge(ask('7.25'), signal)];
    expect(JSON.stringify(said)).not.toMatch(/7\.25|8\.25/);
    const shown = await gate.reveal(1, candidateOf('7.25').id);
    expect(shown).toMatchObject({ values: [7.25, 8.25], againstValues: [5, 6], queries: 1 });
    expect(await gate.reveal(1, origin.id)).toEqual(shown);
  });

  test('a set that is spent, or was revealed, answers nothing more; the next has other cases', async () => {
    const { gate, measured } = gateOn(memoryGate(secretCommit));
    await gate.seal(sealRequest, signal);
    await gate.judge(ask('7'), signal);
    expect(await gate.judge(ask('8'), signal)).toMatchObject({ retired: 'spent', queriesLeft: 0 });
    expect(await gate.judge(ask('9'), signal)).toBeUndefined();
    expect(await gate.seal(sealRequest, signal)).toMatchObject({
      generation: 2,
      candidate: origin.id,
    });
    await gate.reveal(2, origin.id);
    expect(await gate.judge({ ...ask('9'), generation: 2 }, signal)).toBeUndefined();
    expect(measured.map(({ generation }) => generation)).toEqual([1, 1, 1, 2]);
  });

  test('requires the entry that a ledger names', async () => {
    const { gate } = gateOn(memoryGate(secretCommit));
    gate.requireEntry(undefined);
    const { entry, evidence } = await gate.seal(sealRequest, signal);
    gate.requireEntry({ entry, evidence });
    expect(() => gate.requireEntry({ entry: 2, evidence })).toThrow(/older copy/);
    expect(() => gate.requireEntry({ entry, evidence: sha256('other') })).toThrow(/older copy/);
  });

  test('refuses a first set on which the origin has no score, and writes nothing', async () => {
    const store = memoryGate(secretCommit);
    const gate = holdoutGate({
      open: () => store,
      secretCommit,
      promise: { cases: 2, queries: 2 },
      metric: { goal: 'max' },
      sealed: { cases: () => [1, 2], measure: async () => ({ values: [1, null], evals: 2 }) },
    });
    await expect(gate.seal(sealRequest, signal)).rejects.toThrow(/no score on 1 of 2 sealed cases/);
    expect(store.rows()).toEqual([]);
  });
});

/** Worth what their text says on each of three cases. */
function keeperOf(store: GateStore) {
  const measured: SealedQuestion[] = [];
  const keeper = poolGate({
    open: () => store,
    secretCommit,
    metric: { goal: 'max' },
    sealed: {
      cases: () => Array.from({ length: 12 }, (_, i) => i),
      async measure(question) {
        measured.push(question);
        const { candidate, against, isAgainstKnown } = question;
        const of = (text = '') => Array.from({ length: 12 }, (_, i) => Number(text) + i / 100);
        const beside = against && !isAgainstKnown ? { againstValues: of(against.text) } : {};
        return {
          values: of(candidate.text),
          ...beside,
          evals: 'againstValues' in beside ? 24 : 12,
        };
      },
    },
  });
  return { keeper, measured };
}

const askPool = (attempt: number, text: string, against = origin) => ({
  arm: 'main',
  attempt,
  candidate: candidateOf(text),
  against,
  level: 0.02,
  spec: { method: 'symmetric', scale: 1, margin: 0 } as const,
  isRepeatable: true,
});

describe('the keeper of a pool', () => {
  test('tells the verdict and its cost, once for an attempt, and keeps what it measured', async () => {
    const store = memoryGate(secretCommit);
    const { keeper, measured } = keeperOf(store);
    const yes = await keeper.confirm(askPool(1, '7'), signal);
    expect(yes).toEqual({
      verdict: 'accepted',
      evals: 24,
      entry: 1,
      evidence: store.rows()[0]?.hash,
    });
    const no = await keeper.confirm(askPool(2, '7.01', candidateOf('7')), signal);
    expect(no).toMatchObject({ verdict: 'unconfirmed', evals: 12 });
    expect(await keeper.confirm(askPool(1, '7'), signal)).toEqual(yes);
    expect(await keeperOf(store).keeper.confirm(askPool(1, '7'), signal)).toEqual(yes);
    expect(measured.map(({ isAgainstKnown }) => isAgainstKnown)).toEqual([false, true]);
    expect(store.rows()).toHaveLength(2);
  });

  test('asks about another attempt anew, and requires the entry that a ledger names', async () => {
    const store = memoryGate(secretCommit);
    const { keeper, measured } = keeperOf(store);
    const { entry, evidence } = await keeper.confirm(askPool(1, '5'), signal);
    await keeper.confirm(askPool(2, '5'), signal);
    expect(measured).toHaveLength(2);
    keeper.requireEntry({ entry, evidence });
    expect(() => keeper.requireEntry({ entry: 3, evidence })).toThrow(/older copy/);
  });
});
