/** Whatever people say in whatever order: one study for any workers and any cut, and verify agrees. */
import { expect, test } from 'vitest';
import type { Archive } from '../../src/archives/contract.ts';
import { paretoArchive } from '../../src/archives/pareto.ts';
import type { Reach } from '../../src/core/constraint.ts';
import { sha256 } from '../../src/core/hash.ts';
import { publicRoot, type Rng } from '../../src/core/rng.ts';
import type { Steering } from '../../src/core/steering.ts';
import { apply } from '../../src/loop/fold.ts';
import { MAIN_ARM, type Plan } from '../../src/loop/plan.ts';
import { initialState, type StudyState } from '../../src/loop/state.ts';
import type { AskRequest, Draft, Proposer } from '../../src/proposers/contract.ts';
import type { Queue } from '../../src/queues/contract.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { climber, smallPlan } from '../../src/testing/small-study.ts';
import { verifyLedger } from '../../src/verify/ledger.ts';
import { isThorough } from '../thorough.ts';
import { jitteryQueue } from './fixtures/jittery-queue.ts';
import { draftOf } from './fixtures/small-run.ts';
import { runningClock, runSteered, type Said } from './fixtures/steered-run.ts';

const SEEDS = isThorough ? 6 : 3;

/** One trial at a time, from what it picks; sizes differ, so that rules about them bar something. */
const breeder: Proposer = {
  name: 'breeder',
  traits: { repeatable: true, sequential: true, breeds: true },
  init: () => ({ told: 0 }),
  ask(_state: unknown, { trial, rng, archive, fromOrigin }: AskRequest): Draft {
    const parent = fromOrigin ? undefined : archive.pick(rng);
    const from = parent ? JSON.parse(parent.text).effect : 0;
    const text = JSON.stringify({ trial, effect: from + rng.normal() });
    const parents = parent ? [parent.id] : [];
    const operator = rng.int(2) === 0 ? 'left' : 'right';
    return { text, parents, operator, key: sha256(text), considered: 1, size: 1 + (trial % 5) };
  },
  tell: (state) => ({ told: (state as { readonly told: number }).told + 1 }),
};

const reach = (text: string): readonly Reach[] => [
  { path: JSON.parse(text).trial % 2 === 0 ? 'even.ts' : 'odd.ts', imports: [], privileges: [] },
];

const planOf = (seed: number, search?: Queue): Plan => ({
  ...smallPlan({
    clock: runningClock(),
    seed: `${seed}`,
    proposers: [climber(), breeder],
    ...(seed % 3 === 0 ? { screen: 'paired' as const } : {}),
    ...(search ? { search } : {}),
  }),
  source: { files: ['even.ts', 'odd.ts'], reach },
});

/** Something a person could say at that moment; now and then what is refused. */
function anything(rng: Rng, { arms, steering }: StudyState): Steering {
  const main = arms[MAIN_ARM];
  const { elites = [] } = (main?.archive ?? {}) as { readonly elites?: { readonly id: string }[] };
  const candidate = elites[rng.int(Math.max(1, elites.length))]?.id ?? sha256('nobody');
  const rule = steering.rules[rng.int(Math.max(1, steering.rules.length))]?.id ?? 'none';
  const effect = Math.round(rng.normal() * 3 * 100) / 100;
  const choices: readonly Steering[] = [
    { kind: 'note', value: 'x' },
    { kind: 'veto', value: { what: 'candidate', candidate } },
    { kind: 'veto', value: { what: 'operator', name: rng.int(2) === 0 ? 'left' : 'right' } },
    { kind: 'constraint', value: { maxSize: 2 + rng.int(4) } },
    { kind: 'constraint', value: { not: [rng.int(2) === 0 ? 'even.ts' : 'odd.ts'] } },
    { kind: 'lift', value: { steering: rule } },
    { kind: 'lift', value: { steering: rule } },
    { kind: 'pin', value: { candidate } },
    { kind: 'unpin', value: { candidate: steering.pins[0]?.id ?? candidate } },
    { kind: 'candidate', value: { text: JSON.stringify({ trial: rng.int(9), effect }) } },
    { kind: 'candidate', value: { text: JSON.stringify({ trial: rng.int(9), effect }) } },
    { kind: 'budget', value: { trials: 60 + rng.int(20) } },
  ];
  return choices[rng.int(choices.length)] as Steering;
}

const LETTERS = 20;

function letters(seed: number): readonly Said[] {
  const root = publicRoot(`letters ${seed}`);
  const at = root.stream(0, 'when');
  return Array.from({ length: LETTERS }, (_, i) => {
    const when = at.int(50);
    return {
      id: `l${i}`,
      when: ({ committed }: StudyState) => committed >= when,
      said: (state: StudyState) => anything(root.stream(i, 'what'), state),
    };
  });
}

const heard = new Set<string>();

test.each(Array.from({ length: SEEDS }, (_, i) => i))('letters %i', async (seed) => {
  const say = letters(seed);
  const whole = await runSteered({ plan: planOf(seed), say });
  for (const { type, body } of whole.events)
    if (type === 'study.steered') heard.add(body.said.kind);
  const ledger = await memoryStore(planOf(seed)).open('small', 'write');
  ledger.append(whole.events.map(draftOf));
  await ledger.flush();
  const archive = paretoArchive() as Archive;
  expect((await verifyLedger(ledger, { archive, reachOf: reach })).findings).toEqual([]);
  const plan = planOf(seed);
  const folded = initialState(plan);
  for (const event of whole.events) apply(plan, folded, event);
  expect(folded).toEqual(whole.study.state);
  const crowd = await runSteered({ plan: planOf(seed, jitteryQueue(7)), say });
  expect(crowd.logical).toBe(whole.logical);
  const last = whole.events.findLast(({ type }) => type === 'study.steered')?.seq ?? 0;
  for (let cut = last; cut < whole.events.length; cut += 9) {
    const from = whole.events.slice(0, cut);
    const again = await runSteered({ plan: planOf(seed), say: [], from });
    expect(again.logical, `cut after entry ${cut}`).toBe(whole.logical);
  }
});

test('all kinds were taken up in one of them', () => {
  const kinds = ['budget', 'candidate', 'constraint', 'lift', 'note', 'pin', 'unpin', 'veto'];
  expect([...heard].sort()).toEqual(kinds);
});
