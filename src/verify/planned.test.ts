/** The number of cases that a verdict rests on: from the promised rule and the origin's cost, fixed before any verdict. */
import { expect, test } from 'vitest';
import type { EventBody } from '../core/events.ts';
import { type GateRow, gateGenesis, nextGateRow } from '../core/gate-chain.ts';
import { sha256 } from '../core/hash.ts';
import type { GateBody } from '../core/holdout.ts';
import { checkVerdict, openGateEvidence } from './gate-record.ts';

const COMMIT = sha256('secret');
const RULE = { cpuMs: 6_000, least: 99, most: 3_000 };
const COST = { callMs: 10, calls: 2, extra: 0, few: 300 };
const ORIGIN = sha256('origin');
const PLAN = { check: 'C5', origin: ORIGIN, rule: RULE, cost: COST, cases: 300 } as const;
const FOUND = { check: 'C5', verdict: 'pass', why: '', cases: 300, evidence: sha256('e') } as const;
const VERDICT: GateBody<'verdict'> = {
  candidate: sha256('c'),
  against: sha256('a'),
  propertyCases: 300,
  verdict: 'pass',
  findings: [FOUND],
  digest: sha256('gate'),
  tookMs: 1,
  cpuMs: 1,
};

function rowsOf(...bodies: readonly (readonly [string, object])[]): readonly GateRow[] {
  let before = gateGenesis(COMMIT);
  return bodies.map(([kind, body], i) => {
    const row = nextGateRow(before, { entry: i + 1, kind, body: JSON.stringify(body) });
    before = row.hash;
    return row;
  });
}

/** What is complained of, of the record and of its last verdict. */
function complaints(...bodies: readonly (readonly [string, object])[]): readonly string[] {
  return complaintsUnder({ floor: ['C5'], caseRule: RULE }, bodies);
}

function complaintsUnder(
  gates: object,
  bodies: readonly (readonly [string, object])[],
): readonly string[] {
  const said: string[] = [];
  const complain = (_kind: string, words: string) => void said.push(words);
  const opened = {
    secretCommit: COMMIT,
    origin: ORIGIN,
    gates,
  } as unknown as EventBody['study.opened'];
  const gateRows = rowsOf(...bodies);
  const gate = openGateEvidence({ gateRows }, opened, complain as never);
  const last = gateRows.at(-1);
  if (gate === undefined || last?.kind !== 'verdict') return said;
  const { findings: _, digest, tookMs: _t, cpuMs: _c, ...told } = JSON.parse(last.body);
  const body = { ...told, entry: last.entry, evidence: last.hash, key: '', signature: '' };
  checkVerdict({ gate, floor: ['C5'], digest }, body, complain as never);
  return said;
}

test('a plan before the first verdict, and a verdict on as many cases', () => {
  expect(complaints(['planned', PLAN], ['verdict', VERDICT])).toEqual([]);
});

const UNPLANNED = { ...VERDICT, propertyCases: undefined };

test('a study that was begun before promised no rule: where it goes on it is planned, and held to that', () => {
  const old = { floor: ['C5'] };
  expect(complaintsUnder(old, [['verdict', UNPLANNED]])).toEqual([]);
  const goneOn = [
    ['verdict', UNPLANNED],
    ['planned', PLAN],
  ] as const;
  expect(complaintsUnder(old, [...goneOn, ['verdict', VERDICT]])).toEqual([]);
  const fewer = { ...VERDICT, findings: [{ ...FOUND, cases: 20 }] };
  expect(complaintsUnder(old, [...goneOn, ['verdict', fewer]]).join()).toMatch(/not the 300/);
});

test.each<[string, readonly (readonly [string, object])[], RegExp]>([
  [
    'fewer cases than its rule gives',
    [['planned', { ...PLAN, cases: 99 }]],
    /plans 99 cases; its rule and cost give 300/,
  ],
  [
    'another rule than was promised',
    [['planned', { ...PLAN, rule: { ...RULE, cpuMs: 4_000 }, cases: 200 }]],
    /by another rule than the study promised/,
  ],
  [
    'a plan after a verdict',
    [
      ['verdict', UNPLANNED],
      ['planned', PLAN],
    ],
    /plans cases after a verdict was given/,
  ],
  [
    'two plans',
    [
      ['planned', PLAN],
      ['planned', PLAN],
    ],
    /plans the cases of one origin twice/,
  ],
  [
    'a plan for an origin that is not the one of the study',
    [
      ['planned', { ...PLAN, origin: sha256('a slow one') }],
      ['verdict', VERDICT],
    ],
    /Entry 1 .* plans the cases of another origin/,
  ],
  [
    'a pass on fewer',
    [
      ['planned', PLAN],
      ['verdict', { ...VERDICT, findings: [{ ...FOUND, cases: 20 }] }],
    ],
    /passes on 20 cases of each property, not the 300 planned/,
  ],
  [
    'a pass without a plan, where a rule was promised',
    [['verdict', UNPLANNED]],
    /passes on 300 cases of each property, and none were planned/,
  ],
  ['a number that nobody planned', [['verdict', VERDICT]], /300 cases that were never planned/],
])('planted: %s', (_name, bodies, words) => {
  expect(complaints(...bodies).join('\n')).toMatch(words);
});
