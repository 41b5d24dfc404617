import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, expect, test } from 'vitest';
import { GENESIS, nextHead } from '../../src/core/chain.ts';
import type { EventRow } from '../../src/core/events.ts';
import { encode } from '../../src/stores/encode.ts';
import { sqliteStore } from '../../src/stores/sqlite.ts';
import { ledgerPath, studyFolder } from '../../src/stores/sqlite-file.ts';
import { settledDraft } from '../../src/testing/event-arbitrary.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { verifyChain } from '../../src/verify/chain.ts';
import { isThorough } from '../thorough.ts';
import { randomInts } from './fixtures/random-ints.ts';

const directory = mkdtempSync(join(tmpdir(), 'paceline-tamper-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const LENGTH = 40;
const drafts = Array.from({ length: LENGTH }, (_, trial) => settledDraft(trial));
const { rows: ROWS, position } = encode({ head: GENESIS, epoch: 0 }, drafts, 0);
const CHANGES = isThorough ? 2000 : 500;
const PAGE = 7;

async function* paged(rows: readonly EventRow[]): AsyncGenerator<readonly EventRow[]> {
  for (let from = 0; from < rows.length; from += PAGE) yield rows.slice(from, from + PAGE);
}

test('an untouched ledger has no finding and ends at the head its writer had', async () => {
  expect(await verifyChain(paged(ROWS))).toEqual({ head: position.head, findings: [] });
});

test(`${CHANGES} random changes, each found at the first damaged entry`, async () => {
  const below = randomInts('tamper');
  const kinds: string[] = [];
  for (let i = 0; i < CHANGES; i++) {
    const { rows, seq, kind } = tamper(below);
    const { findings } = await verifyChain(paged(rows));
    expect(findings[0]?.seq, `${kind} ${i}`).toBe(seq);
    kinds.push(kind);
  }
  expect(new Set(kinds).size).toBe(4);
});

test('one changed byte is one finding: its neighbours are not accused', async () => {
  const below = randomInts('neighbours');
  for (let i = 0; i < 200; i++) {
    const at = below(LENGTH);
    const rows = ROWS.with(at, changeByte(ROWS[at] as EventRow, below));
    const { findings } = await verifyChain(paged(rows));
    expect(findings.map(({ seq }) => seq)).toEqual([at + 1]);
  }
});

test('what a bare chain cannot show: a cut end moves the head, a rewritten end too', async () => {
  const cut = await verifyChain(paged(ROWS.slice(0, -3)));
  expect(cut.findings).toEqual([]);
  expect(cut.head).not.toEqual(position.head);
  const edited = ROWS.slice(0, -1);
  const last = { ...(ROWS.at(-1) as EventRow), actor: 'somebody' };
  const before = (await verifyChain(paged(edited))).head;
  const rewritten = await verifyChain(
    paged([...edited, { ...last, hash: nextHead(before, last).hash }]),
  );
  expect(rewritten.findings).toEqual([]);
  expect(rewritten.head).not.toEqual(position.head);
});

/** In the file itself, bytes that are no text included: they must never end the process. */
const EDITS = [
  {
    sql: 'update event set body = replace(body, \'"size":7\', \'"size":6\') where seq = 11',
    seq: 11,
  },
  { sql: "update event set body = cast(x'ff00fe' as text) where seq = 12", seq: 12 },
  { sql: "update event set type = cast(x'ff' as text) where seq = 13", seq: 13 },
  { sql: "update event set v = 'one' where seq = 14", seq: 14 },
  { sql: 'update event set trial = null where seq = 15', seq: 15 },
  { sql: "update event set hash = x'' where seq = 16", seq: 16 },
  { sql: "update event set meta = '{}' where seq = 17", seq: 17 },
  { sql: 'delete from event where seq between 18 and 20', seq: 18 },
  { sql: 'delete from event where seq = 1', seq: 1 },
  { sql: 'update event set seq = 999 where seq = 21', seq: 21 },
  { sql: 'update event set seq = -4 where seq = 22', seq: 22 },
  {
    sql: 'insert into event select 41, type, v, trial, actor, body, meta, hash from event where seq = 40',
    seq: 41,
  },
] as const;

test.each(EDITS)('in the file: $sql', async ({ sql, seq }) => {
  const store = sqliteStore({ directory, clock: manualClock() });
  const study = `study-${EDITS.findIndex((edit) => edit.sql === sql)}`;
  const ledger = await store.open(study, 'write');
  ledger.append(drafts);
  await ledger.close();
  const db = new Database(ledgerPath(studyFolder(directory, study)));
  db.exec(sql);
  db.close();

  const reader = await store.open(study, 'read');
  const { findings } = await verifyChain(reader.rows(0, PAGE));
  expect(findings[0]?.seq).toBe(seq);
  await reader.close();
  await expect(store.open(study, 'write')).rejects.toMatchObject({ code: 'LEDGER_ALTERED' });
});

interface Tampered {
  readonly rows: readonly EventRow[];
  /** Of the first damaged place. */
  readonly seq: number;
  readonly kind: string;
}

type Below = (limit: number) => number;

function tamper(below: Below): Tampered {
  const at = below(LENGTH - 1);
  const row = ROWS[at] as EventRow;
  const kind = (['byte', 'swap', 'delete', 'duplicate'] as const)[below(4)] ?? 'byte';
  if (kind === 'byte') return { kind, seq: at + 1, rows: ROWS.with(at, changeByte(row, below)) };
  if (kind === 'delete') return { kind, seq: at + 1, rows: ROWS.toSpliced(at, 1) };
  if (kind === 'duplicate') return { kind, seq: at + 2, rows: ROWS.toSpliced(at + 1, 0, row) };
  const other = at + 1 + below(LENGTH - at - 1);
  return { kind, seq: at + 1, rows: swap(at, other, below(2) === 0) };
}

/** With their numbers, or the contents alone. */
function swap(a: number, b: number, isRenumbered: boolean): readonly EventRow[] {
  const [one, two] = [ROWS[a] as EventRow, ROWS[b] as EventRow];
  if (!isRenumbered) return ROWS.with(a, two).with(b, one);
  return ROWS.with(a, { ...two, seq: one.seq }).with(b, { ...one, seq: two.seq });
}

const TEXTS = ['type', 'actor', 'body', 'meta', 'hash'] as const;

/** One byte of any column but the number, which is what rows are sorted by. */
function changeByte(row: EventRow, below: Below): EventRow {
  const column = [...TEXTS, 'v' as const, 'trial' as const][below(TEXTS.length + 2)] ?? 'body';
  if (column === 'v' || column === 'trial')
    return { ...row, [column]: (row[column] ?? 0) ^ (1 << below(8)) };
  const bytes = Buffer.from(row[column]);
  const at = below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << below(7));
  return { ...row, [column]: bytes.toString() };
}
