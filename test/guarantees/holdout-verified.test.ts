/** What `verify` sees of the hold-out: in the ledger alone, and with the gate's record beside it. */
import { describe, expect, test } from 'vitest';
import type { EventRow, EventType } from '../../src/core/events.ts';
import { type GateRow, gateGenesis, nextGateRow } from '../../src/core/gate-chain.ts';
import { sha256 } from '../../src/core/hash.ts';
import {
  bodiesOf,
  FITTED,
  fittedEvaluator,
  planted,
  runSealed,
  SECRET,
  sealedCases,
  verifySealed,
} from './fixtures/sealed-study.ts';
import { type Editable, type Entry, edited, rechained } from './fixtures/verified-study.ts';

const effects = { 4: FITTED + 1, 12: 3, 20: 5.9 };
const run = await runSealed({
  proposers: [planted(effects), planted(effects)],
  judge: fittedEvaluator(sealedCases(1), (value) => ({ outcome: 'scored', value })),
  queries: 3,
});

/** The row of the nth entry of a type, from 0. */
function rowOf(type: EventType, nth = 0): EventRow {
  const row = run.rows.filter((one) => one.type === type)[nth];
  if (row === undefined) throw new Error(`no ${nth}th ${type}`);
  return row;
}

/** The ledger with one entry of the hold-out changed, and its hashes as if that had been written. */
function withEdit<T extends EventType>(
  type: T,
  edit: (body: Editable<T>) => void,
  nth = 0,
): readonly EventRow[] {
  return edited<T>(run.rows, rowOf(type, nth), edit);
}

async function findings(rows: readonly EventRow[], gateRows?: readonly GateRow[]) {
  const report = await verifySealed(rows, gateRows);
  return report.findings.map(({ kind, detail }) => `${kind}: ${detail}`).join('\n');
}

test('the study it is planted in is in order: one refused, two let pass', async () => {
  expect(bodiesOf(run.events, 'holdout.queried').map(({ gate }) => gate)).toEqual([
    'fail',
    'pass',
    'pass',
  ]);
  expect(await findings(run.rows, run.gateRows)).toBe('');
});

const LEDGER: readonly (readonly [string, () => readonly EventRow[], RegExp])[] = [
  [
    'another size of the set than promised',
    () => withEdit('holdout.sealed', (body) => Object.assign(body, { cases: 41 })),
    /promised 40 sealed cases/,
  ],
  [
    'another step',
    () => withEdit('holdout.sealed', (body) => Object.assign(body, { step: 9 })),
    /The step is .*, not/,
  ],
  [
    'a set for another than the incumbent',
    () => withEdit('holdout.sealed', (body) => Object.assign(body, { candidate: sha256('other') })),
    /sealed for another than the incumbent/,
  ],
  [
    'a set sealed again under its old number',
    () => withEdit('holdout.sealed', (body) => Object.assign(body, { generation: 1 }), 1),
    /Set 1 is sealed after set 1/,
  ],
  [
    'evaluations that were not made',
    () => withEdit('holdout.queried', (body) => Object.assign(body, { evals: 1 })),
    /cannot be those of 40 sealed cases/,
  ],
  [
    'an answer about another candidate',
    () =>
      withEdit('holdout.queried', (body) => Object.assign(body, { candidate: sha256('other') })),
    /not about the challenger/,
  ],
  [
    'a count of questions that was turned back',
    () => withEdit('holdout.queried', (body) => Object.assign(body, { query: 1 }), 2),
    /Question 1 of 3, 1 left: it does not add up/,
  ],
  [
    'a set that answers on when it is spent',
    () =>
      withEdit(
        'holdout.queried',
        (body) => {
          body.query = 3;
          body.queriesLeft = 0;
        },
        2,
      ),
    /retired as spent with its last question/,
  ],
  [
    'a refusal without a reason',
    () => withEdit('holdout.queried', (body) => void Reflect.deleteProperty(body, 'why')),
    /A refusal has its reason/,
  ],
  [
    'entries of the gate in another order',
    () => withEdit('holdout.queried', (body) => Object.assign(body, { entry: 1 })),
    /Names entry 1 of the gate after entry 1/,
  ],
  [
    'a refused candidate that is promoted all the same',
    () => {
      const refused = rowOf('holdout.queried');
      const promotion = rowOf('candidate.promoted');
      const planted: Entry = { ...promotion, trial: refused.trial };
      return rechained([
        ...run.rows.slice(0, refused.seq),
        planted,
        ...run.rows.slice(refused.seq),
      ]);
    },
    /has no confirm that all gates let pass/,
  ],
  [
    'a promotion that was never asked about',
    () => rechained(run.rows.filter(({ seq }) => seq !== rowOf('holdout.queried', 1).seq)),
    /has no confirm that all gates let pass/,
  ],
  [
    'a refused attempt that keeps its share of the error budget',
    () => withEdit('trial.confirmed', (body) => Object.assign(body, { index: 1 }), 1),
    /index 2, not attempt 2 with index 1/,
  ],
  [
    'a set that is shown on cases of another stream',
    () =>
      withEdit('holdout.revealed', (body) => {
        body.cases = body.cases.map((one) => one + 1);
      }),
    /not what the secret gives/,
  ],
  [
    'a set that is shown of another candidate',
    () =>
      withEdit(
        'holdout.revealed',
        (body) => Object.assign(body, { candidate: sha256('other') }),
        1,
      ),
    /shown of another than the (?:last|final) incumbent/,
  ],
  [
    'a set that is not shown',
    () => rechained(run.rows.filter(({ seq }) => seq !== rowOf('holdout.revealed', 1).seq)),
    /Closed before the sealed sets were shown/,
  ],
  [
    'a set that is shown while the search goes on',
    () => {
      const [sealed, shown] = [rowOf('holdout.sealed'), rowOf('holdout.revealed')];
      return rechained([
        ...run.rows.slice(0, sealed.seq),
        shown,
        ...run.rows.slice(sealed.seq).filter(({ seq }) => seq !== shown.seq),
      ]);
    },
    /shown before the search is over/,
  ],
  [
    'a hold-out that was never promised',
    () => withEdit('study.opened', (body) => void Reflect.deleteProperty(body, 'holdout')),
    /promised no hold-out/,
  ],
];

test.each(LEDGER)('in the ledger alone: %s', async (_name, plant, says) => {
  expect(await findings(plant())).toMatch(says);
});

/** The gate's record with one entry rewritten, and its hashes as if that had been written. */
function rewritten(at: number, edit: (body: string) => string): readonly GateRow[] {
  let before = gateGenesis(sha256(SECRET));
  return run.gateRows.map((row, i) => {
    const due = nextGateRow(before, { ...row, body: i === at ? edit(row.body) : row.body });
    before = due.hash;
    return due;
  });
}

describe('with the gate’s record', () => {
  test('an answer that the ledger turned around', async () => {
    const rows = withEdit(
      'holdout.queried',
      (body) => Object.assign(body, { verdict: 'not-improved' }),
      1,
    );
    expect(await findings(rows)).toBe('');
    expect(await findings(rows, run.gateRows)).toMatch(/gate: Entry 4 .* says something else/);
  });

  test('an older copy, or a changed entry', async () => {
    expect(await findings(run.rows, run.gateRows.slice(0, 3))).toMatch(
      /no such entry 4 \(it holds 3 entries\)/,
    );
    const changed = run.gateRows.map((row, i) =>
      i === 1 ? { ...row, body: row.body.replace('"fail"', '"pass"') } : row,
    );
    expect(await findings(run.rows, changed)).toMatch(/Entry 2 .* not what the gate wrote/);
  });

  test('an answer that its own values do not give, chained anew', async () => {
    const gateRows = rewritten(1, (body) => body.replace('"gate":"fail"', '"gate":"pass"'));
    expect(await findings(run.rows, gateRows)).toMatch(/Entry 2 .* answers .*; its values do not/);
  });

  test('a block other than the one the gate was asked about', async () => {
    const block = run.rows.findLast(
      ({ type, body }) => type === 'measurement.recorded' && body.includes('"purpose":"block"'),
    );
    const rows = edited<'measurement.recorded'>(run.rows, block as EventRow, (body) => {
      body.values = body.values.map((one) => (one ?? 0) + 1);
    });
    expect(await findings(rows, run.gateRows)).toMatch(/asked about another block/);
  });

  test('answers that the ledger lost are told, and are no fault', async () => {
    const cut = rowOf('holdout.queried', 2).seq - 1;
    const report = await verifySealed(run.rows.slice(0, cut), run.gateRows);
    expect(report.findings).toEqual([]);
    expect(report.blind.join('\n')).toMatch(/1 answers of the gate that are not in this ledger/);
  });
});

describe('a set that lets so many promotions pass', async () => {
  const short = await runSealed({
    proposers: [planted({ 4: 2, 12: 4, 20: 5.9 }), planted({ 4: 2, 12: 4, 20: 5.9 })],
    promotions: 1,
  });
  const queried = short.rows.filter(({ type }) => type === 'holdout.queried');

  test('is retired with the last of them, the next is sealed, and all of it is in order', async () => {
    const said = bodiesOf(short.events, 'holdout.queried');
    expect(said.length).toBeGreaterThan(1);
    expect(said.every(({ retired, gate }) => gate === 'pass' && retired === 'promoted')).toBe(true);
    expect(said.map(({ generation }) => generation)).toEqual(said.map((_, i) => i + 1));
    expect(await findings(short.rows, short.gateRows)).toBe('');
    expect(await findings(short.rows)).toBe('');
  });

  test('planted: one that goes on answering, and one that is retired too early', async () => {
    const first = queried[0] as EventRow;
    const goesOn = edited<'holdout.queried'>(
      short.rows,
      first,
      (body) => void Reflect.deleteProperty(body, 'retired'),
    );
    expect(await findings(goesOn)).toMatch(/retired with the last of 1 promotions/);
    const opened = short.rows[0] as EventRow;
    const more = edited<'study.opened'>(short.rows, opened, (body) =>
      Object.assign(body, { holdout: { ...body.holdout, promotions: 2 } }),
    );
    expect(await findings(more)).toMatch(/retired with the last of 2 promotions/);
  });
});
