/** No case that searched ever decides: confirm, block and comparison use cases of the secret root. */

import { expect, test } from 'vitest';
import type { Archive } from '../../src/archives/contract.ts';
import { paretoArchive } from '../../src/archives/pareto.ts';
import type { StoredEvent } from '../../src/core/events.ts';
import type { Evaluator } from '../../src/evaluators/contract.ts';
import { runLoop } from '../../src/loop/loop.ts';
import type { Plan } from '../../src/loop/plan.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import { sealedCases } from '../../src/loop/sealed.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { seededEvaluator, smallPlan, withHoldout } from '../../src/testing/small-study.ts';
import { verifyLedger } from '../../src/verify/ledger.ts';

/** Notes every case it is asked for. */
function noting(cases: number[]): Evaluator {
  const evaluator = seededEvaluator();
  return {
    ...evaluator,
    measure(requests, signal) {
      cases.push(...requests.flatMap((request) => request.cases));
      return evaluator.measure(requests, signal);
    },
  };
}

interface Noted {
  readonly searched: ReadonlySet<number>;
  /** In order; a pair asks for its case twice. */
  readonly judged: readonly number[];
  readonly findings: readonly string[];
}

async function runNoting(change: (plan: Plan) => Plan = (plan) => plan): Promise<Noted> {
  const searched: number[] = [];
  const judged: number[] = [];
  const plan = change(
    smallPlan({
      clock: manualClock(),
      search: inlineQueue(noting(searched)),
      judge: noting(judged),
    }),
  );
  const ledger = await memoryStore(plan).open('small', 'write');
  await runLoop(await openStudy({ plan, ledger, reporters: [] }));
  const { findings } = await verifyLedger(ledger, { archive: paretoArchive() as Archive });
  return { searched: new Set(searched), judged, findings: findings.map(({ detail }) => detail) };
}

/** Cases the noise floor puts to both evaluators, twice to the judge, to compare them. */
const PARITY_CASES = 3;

test('search never saw a case that decided, and no case decided twice', async () => {
  const { searched, judged, findings } = await runNoting();
  const deciding = judged.slice(2 * PARITY_CASES);
  expect(deciding.length).toBeGreaterThan(100);
  expect(deciding.filter((one) => searched.has(one))).toEqual([]);
  const uses = new Map<number, number>();
  for (const one of deciding) uses.set(one, (uses.get(one) ?? 0) + 1);
  expect(new Set(uses.values())).toEqual(new Set([2]));
  expect(findings).toEqual([]);
});

test('a sealed set shares no case with anything else, and no set with another', async () => {
  const holdout = { cases: 60, queries: 1 };
  const { searched, judged, findings } = await runNoting((plan) => withHoldout(plan, holdout));
  const plan = smallPlan({ clock: manualClock() });
  const cases = sealedCases(plan, holdout.cases);
  const sets = [1, 2, 3].map(cases);
  const sealed = new Set(sets.flat());
  expect(sealed.size).toBe(3 * holdout.cases);
  expect([...searched].filter((one) => sealed.has(one))).toEqual([]);
  const uses = new Map<number, number>();
  for (const one of judged) uses.set(one, (uses.get(one) ?? 0) + 1);
  // The incumbent once when the set is sealed, the candidate once when it is asked.
  for (const one of sets[0] ?? []) expect(uses.get(one)).toBe(2);
  expect(findings).toEqual([]);
});

test('confirm cases drawn from the public root are found by verify', async () => {
  const { findings } = await runNoting((plan) => ({ ...plan, secretRoot: plan.publicRoot }));
  expect(findings.join('\n')).toMatch(/secret/);
});

test('confirming on training cases is found by both', async () => {
  const { searched, judged, findings } = await runNoting((plan) => ({
    ...plan,
    secretRoot: { stream: (_trial, _purpose, index) => plan.publicRoot.stream(0, 'train', index) },
  }));
  expect(judged.slice(2 * PARITY_CASES).some((one) => searched.has(one))).toBe(true);
  expect(findings.length).toBeGreaterThan(0);
});

test('nothing a proposer is given contains the secret', async () => {
  const secret = 'do not tell anybody';
  const told: string[] = [];
  const plan = smallPlan({ clock: manualClock(), secret });
  const lanes = plan.lanes.map((lane) => ({
    ...lane,
    proposer: {
      ...lane.proposer,
      ask: (state: unknown, request: Parameters<typeof lane.proposer.ask>[1]) => {
        told.push(JSON.stringify([state, request, request.archive.best()]));
        return lane.proposer.ask(state, request);
      },
    },
  }));
  const ledger = await memoryStore(plan).open('small', 'write');
  await runLoop(await openStudy({ plan: { ...plan, lanes }, ledger, reporters: [] }));
  expect(told.length).toBeGreaterThan(50);
  expect(told.join()).not.toContain(secret);
  const events: StoredEvent[] = [];
  for await (const page of ledger.read(0)) events.push(...page);
  const holders = events.filter((event) => JSON.stringify(event).includes(secret));
  expect(holders.map(({ type }) => type)).toEqual(['study.closed']);
});
