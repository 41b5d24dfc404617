/**
 * The A/A arm through the real loop: its candidates meet the same screen and confirm as any other.
 * An honest evaluator is left in peace; one that treats the two sides of a pair differently is named.
 */
import { expect, test } from 'vitest';
import { decodeRow, type EventRow, type StoredEvent } from '../../src/core/events.ts';
import { publicRoot } from '../../src/core/rng.ts';
import type { Evaluator } from '../../src/evaluators/contract.ts';
import { simulatedEvaluator } from '../../src/evaluators/simulated.ts';
import { buildCycle } from '../../src/loop/lanes.ts';
import { runLoop } from '../../src/loop/loop.ts';
import type { Plan } from '../../src/loop/plan.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import type { Proposer } from '../../src/proposers/contract.ts';
import { noOpProposer } from '../../src/proposers/no-op.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import { collectFacts } from '../../src/reporters/facts.ts';
import { markdownReport } from '../../src/reporters/markdown.ts';
import { verdictLines } from '../../src/reporters/verdict.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import {
  allRows,
  edited,
  planOf,
  repeatableEvaluator,
  verifyRows,
} from './fixtures/verified-study.ts';

/** Half of the trials are the origin again. */
function planWith(search: Evaluator, judge: Evaluator): Plan {
  const plan = planOf({ evaluator: judge, effectOf: () => 0, seed: 'a/a' });
  const [main] = plan.lanes;
  if (main === undefined) throw new Error('no lane');
  const proposer = noOpProposer({ origin: plan.origin.text, size: 1 }) as Proposer;
  const noOp = { ...main, arm: 'no-op', proposer, fromOrigin: true };
  return {
    ...plan,
    budget: { trials: 200 },
    search: inlineQueue(search),
    lanes: [main, noOp],
    opened: {
      ...plan.opened,
      arms: [
        { name: 'main', search: 'improver', share: 0.5 },
        { name: 'no-op', search: 'no-op', share: 0.5 },
      ],
      lanes: [main, noOp].map(({ arm, proposer: { name } }) => {
        return { arm, proposer: name, instance: 0, sequential: false };
      }),
      cycle: buildCycle([0.5, 0.5]),
      epochTrials: 1,
    },
  };
}

async function ran(search: Evaluator, judge: Evaluator) {
  const plan = planWith(search, judge);
  const ledger = await memoryStore({ clock: plan.clock }).open('a-a', 'write');
  await runLoop(await openStudy({ plan, ledger, reporters: [] }));
  const rows = await allRows(ledger);
  const given = { id: 'a-a', head: ledger.durable, toSource: (text: string) => text };
  return { rows, events: rows.map(decodeRow), facts: await collectFacts(ledger.read(0), given) };
}

const ofArm = (events: readonly StoredEvent[]) =>
  events.filter(
    (event): event is StoredEvent<'trial.confirmed'> =>
      event.type === 'trial.confirmed' && event.body.arm === 'no-op',
  );

const noisy = () =>
  simulatedEvaluator({ noise: 'gaussian', rng: publicRoot('a/a').stream(0, 'machine') });

/** Calls during the noise floor, when it is watched. */
const WATCHED = 2;

/** Repeats itself while it is watched; later whoever comes first in a pair does better. */
function unfair(): Evaluator {
  const fair = repeatableEvaluator();
  const met = new Set<string>();
  let calls = 0;
  return {
    ...fair,
    async measure(requests, signal) {
      calls += 1;
      const measured = await fair.measure(requests, signal);
      return measured.map((one, i) => ({
        ...one,
        cases: one.cases.map((result, j) => {
          const name = `${requests[i]?.candidate.id} ${requests[i]?.cases[j]}`;
          const isFirst = !met.has(name);
          met.add(name);
          return result.outcome === 'scored' && isFirst && calls > WATCHED
            ? { ...result, value: result.value + 3 }
            : result;
        }),
      }));
    },
  };
}

test('copies of the origin go through screen and confirm, and an honest evaluator is left alone', async () => {
  const { rows, events, facts } = await ran(noisy(), noisy());
  const confirms = ofArm(events);
  expect(confirms.length).toBeGreaterThan(2);
  expect(confirms.every(({ body }) => body.verdict === 'unconfirmed')).toBe(true);
  const settled = events.filter(
    ({ type, body }) => type === 'trial.settled' && 'lane' in body && body.lane === 1,
  );
  expect(settled).toHaveLength(100);
  expect(settled.every(({ body }) => 'end' in body && body.end !== 'duplicate')).toBe(true);
  expect(verdictLines(facts).join(' ')).toContain(
    `the A/A arm raised no alarm: none of ${confirms.length} confirms of the unchanged origin was accepted`,
  );
  expect((await verifyRows(rows)).findings).toEqual([]);
  // It is no rival: only the origin is compared with.
  expect(events.filter(({ type }) => type === 'arm.compared')).toHaveLength(1);
});

test('an evaluator that favours one side of a pair is called out, and nothing of it is promoted', async () => {
  const { rows, events, facts } = await ran(repeatableEvaluator(), unfair());
  const accepted = ofArm(events).filter(({ body }) => body.verdict === 'accepted');
  expect(accepted.length).toBeGreaterThan(0);
  const words = 'the A/A arm was accepted: something in the evaluator breaks exchangeability';
  expect(verdictLines(facts).join(' ')).toContain(words);
  expect(markdownReport(facts).split(words).length).toBeGreaterThan(2);
  expect(
    events.some(
      ({ type, body }) => type === 'candidate.promoted' && 'arm' in body && body.arm === 'no-op',
    ),
  ).toBe(false);
  expect((await verifyRows(rows)).findings).toEqual([]);
});

test('verify names an A/A arm that proposed something else', async () => {
  const { rows } = await ran(noisy(), noisy());
  const at = rows.find((row) => row.type === 'trial.settled' && row.body.includes('"no-op"'));
  const stolen = rows.find((row) => row.type === 'trial.settled' && !row.body.includes('"no-op"'));
  const other = JSON.parse((stolen as EventRow).body) as { candidate: string; text: string };
  const changed = edited<'trial.settled'>(rows, at as EventRow, (body) => {
    body.candidate = other.candidate;
    body.text = other.text;
  });
  const details = (await verifyRows(changed)).findings.map(({ detail }) => detail).join(' ');
  expect(details).toContain('of the A/A arm proposes something else than the origin');
});
