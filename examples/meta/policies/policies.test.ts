/** The families are what they say: enough of them, the same for equal seeds, and scored as the compiled source is. */
import { expect, test } from 'vitest';
import { loadFamilies, loadPolicies } from '../../../src/app/improver-gp/policies.ts';
import { publicRoot } from '../../../src/core/rng.ts';
import { policyTask, recordSituations } from '../../../src/improver/gp/policy-task.ts';
import { decodeForest, encodeForest } from '../../../src/lang/codec.ts';
import { type Forest, roundParameters } from '../../../src/lang/forest.ts';
import { growForest } from '../../../src/lang/generate.ts';
import type { Columns } from '../../../src/lang/interpret.ts';
import { forestTask } from '../../../src/tasks/forest.ts';

const folder = import.meta.dirname;
const families = await loadFamilies(folder);
const policies = await loadPolicies(folder);

test('at least twelve to train on and eight held out, five of these of 1 ms and more', () => {
  const ofSplit = (split: string) => policies.filter((policy) => policy.split === split);
  expect(ofSplit('train').length).toBeGreaterThanOrEqual(12);
  const heldOut = ofSplit('held-out');
  expect(heldOut.length).toBeGreaterThanOrEqual(8);
  const dear = heldOut.filter(({ subject }) => {
    const { evaluation, node } = subject.prices;
    return evaluation + 5 * node >= 1;
  });
  expect(dear.length).toBeGreaterThanOrEqual(5);
});

test.each(policies.map((policy) => [policy.name, policy] as const))(
  '%s: the start costs what was frozen, whatever was asked before, and the reference less',
  (_, { subject, costOf, scale }) => {
    const stranger = strangerOf(subject.vocabulary.slots);
    expect(costOf(subject, subject.start)).toBe(scale.start);
    const cost = costOf(subject, stranger);
    expect(costOf(subject, subject.start)).toBe(scale.start);
    expect(costOf(subject, stranger)).toBe(cost);
    expect(scale.reference).toBeLessThan(scale.start);
    expect(costOf({ name: `${subject.name} (twin)` }, subject.start)).not.toBe(scale.start);
  },
);

function strangerOf(slots: Parameters<typeof growForest>[1]['slots']): Forest {
  const rng = publicRoot('stranger').stream(0, 'grow');
  return roundParameters(growForest(rng, { slots }, { maxDepth: 4, leafProbability: 0 }));
}

test.each(families.map((family) => [family.name, family] as const))(
  '%s: instances are a function of the seed',
  (_, family) => {
    const slot = { ...family.slot, result: 'real' as const };
    const start = decodeForest(family.start, { slots: [slot] });
    const situations = (seed: number) => {
      const instance = family.build(seed, family.sizes.twin);
      const rng = publicRoot('same').stream(0, 'situations');
      return recordSituations({ instance, slot: slot.name, start }, rng);
    };
    expect(situations(3)).toEqual(situations(3));
    expect(situations(4)).not.toEqual(situations(3));
  },
);

/** The printed module of a policy, imported as a candidate would be, and asked row by row. */
async function compiled(text: string, slot: { name: string; inputs: readonly string[] }) {
  const vocabulary = { slots: [{ ...slot, result: 'real' as const }] };
  const files = forestTask({ vocabulary, path: 'policy.ts' }).materialise(text);
  const url = `data:text/javascript;base64,${Buffer.from(files['policy.mjs'] ?? '').toString('base64')}`;
  const policy = (await import(/* @vite-ignore */ url))[slot.name];
  return ({ length, columns }: Columns): Float64Array =>
    Float64Array.from({ length }, (_, row) =>
      policy(...slot.inputs.map((of) => columns[of]?.[row])),
    );
}

test.each(['packing-weibull', 'job-shop', 'optimiser', 'cart-pole'])(
  '%s: the interpreter and the compiled source give the same cost',
  async (name) => {
    const family = families.find((one) => one.name === name);
    if (family === undefined) throw new Error(`no family ${name}`);
    const { slot } = family;
    const slots = [{ ...slot, result: 'real' as const }];
    const instance = family.build(5, family.sizes.twin);
    for (const forest of [decodeForest(family.start, { slots }), strangerOf(slots)]) {
      const direct = instance.cost(await compiled(encodeForest(forest), slot));
      expect(costBy(family, forest)).toBe(direct);
    }
  },
);

/** Through the task, whose twin is built from the seed below. */
function costBy(family: (typeof families)[number], forest: Forest): number | null {
  const seed = (5 ^ 0x5bd1e995) >>> 0;
  const prices = { evaluation: 1, node: 0, hash: 0, child: 1 };
  const rng = publicRoot('parity').stream(0, 'situations');
  const task = policyTask(family, { seed, prices: { full: prices, twin: prices }, rng });
  return task.costOf({ name: `${family.name} (twin)` }, forest);
}
