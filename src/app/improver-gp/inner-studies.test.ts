import { describe, expect, test } from 'vitest';
import { LINES } from '../../improver/gp/lines.ts';
import type { PolicyFamily } from '../../improver/gp/policy-task.ts';
import { encodeForest } from '../../lang/codec.ts';
import type { InnerStudyRequest } from '../../tasks/contract.ts';
import { innerStudies } from './inner-studies.ts';
import { policyEntry } from './policies.ts';

const NEVER = new AbortController().signal;
const prices = { evaluation: 1, node: 0, hash: 0.01, child: 0.01 };
const FROZEN = { seed: 1, start: 3, reference: 0, prices: { full: prices, twin: prices } };

/** Which of eight numbers is nearest to a half: asked with two features, the start knows one. */
function family(name: string, onCost: () => void = () => undefined): PolicyFamily {
  const columns = {
    x: Float64Array.from({ length: 8 }, (_, i) => i / 8),
    y: Float64Array.from({ length: 8 }, (_, i) => (i % 3) / 3),
  };
  return {
    name,
    split: 'train',
    slot: { name: 'priority', inputs: ['x', 'y'] },
    start: '{"priority":["v","x"]}',
    sizes: { full: {}, twin: {} },
    build: () => ({
      groupSize: 8,
      cost(policy) {
        onCost();
        const values = policy({ length: 8, columns });
        return Math.abs((columns.x[values.indexOf(Math.max(...values))] ?? 0) - 0.5) * 8;
      },
    }),
  };
}

const request = (more: Partial<InnerStudyRequest> = {}): InnerStudyRequest => ({
  task: 'nearest',
  improver: encodeForest(LINES.expert),
  seedKey: 'a',
  budget: { steps: 40, cpuMs: 1e6 },
  ...more,
});

const runnerOf = (onCost?: () => void, cpuMs: () => number = () => 0) =>
  innerStudies({ policies: [policyEntry(family('nearest', onCost), FROZEN)], cpuMs });

describe('an inner study', () => {
  test('repeats for equal keys and differs for others', async () => {
    const runner = runnerOf();
    const one = await runner.run(request(), NEVER);
    expect(one).toMatchObject({ outcome: 'scored' });
    expect('regret' in one ? one.regret : 1).toBeLessThan(1);
    expect(await runner.run(request(), NEVER)).toEqual(one);
    const other = await runner.run(request({ seedKey: 'b' }), NEVER);
    expect(other).not.toMatchObject({ logical: 'logical' in one ? one.logical : '' });
  });

  test('that would not end is ended by its budget, as an outcome', async () => {
    let now = 0;
    const runner = runnerOf(
      () => {
        now += 1000;
      },
      () => now,
    );
    const study = await runner.run(request({ budget: { steps: 1e12, cpuMs: 20_000 } }), NEVER);
    expect(study).toMatchObject({ outcome: 'over-budget' });
  });

  test('of a text that is no improver is invalid', async () => {
    for (const improver of ['{}', 'x', '{"population":["c",1]}']) {
      expect(await runnerOf().run(request({ improver }), NEVER)).toMatchObject({
        outcome: 'invalid',
      });
    }
  });

  test('of an unknown task names the known ones', () => {
    expect(() => runnerOf().run(request({ task: 'other' }), NEVER)).toThrow(/Choose of: nearest/);
  });
});

test('planted: a family that throws at a policy is a crash in words, not the end of the study around it', () => {
  let asked = 0;
  const fragile = family('nearest', () => {
    // Building records one run of each instance.
    if (++asked > 5) throw new RangeError('Invalid array length \u001b[2J');
  });
  const runner = innerStudies({ policies: [policyEntry(fragile, FROZEN)], cpuMs: () => 0 });
  expect(runner.run(request(), NEVER)).toEqual({
    outcome: 'crashed',
    message:
      'The family nearest ended with an error (seed a): "Invalid array length �[2J". Correct the family: it has to give every policy a cost.',
  });
});
