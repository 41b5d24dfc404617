import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Input } from './memory.ts';
import {
  type Behaviour,
  ENOUGH_INPUTS,
  type Group,
  overlapBetween,
  overlapWithin,
  type Split,
} from './overlap.ts';

type Compute = (input: Input) => number;

const INPUTS: readonly Input[] = Array.from({ length: 12 }, (_, i) => ({
  list: [i, 3 - i, i * i, 5],
  k: 1 + (i % 3),
}));
const EXAMPLES = 4;

const sum: Compute = ({ list }) => list.reduce((a, b) => a + b, 0);
const first: Compute = ({ list }) => list[0] ?? 0;

function taskOf(
  [name, compute, split = 'train']: readonly [string, Compute, Split?],
  inputs: readonly Input[],
): Behaviour {
  const outputs = inputs.map(compute);
  return {
    name,
    split,
    outputs: outputs.slice(0, EXAMPLES),
    hiddenOutputs: outputs.slice(EXAMPLES),
  };
}

function groupOf(
  tasks: readonly (readonly [string, Compute, Split?])[],
  inputs: readonly Input[] = INPUTS,
): Group {
  return {
    examples: inputs.slice(0, EXAMPLES),
    hidden: inputs.slice(EXAMPLES),
    tasks: tasks.map((one) => taskOf(one, inputs)),
  };
}

const pairs = (overlap: ReturnType<typeof overlapBetween>): readonly string[] =>
  overlap.repeats.map(({ left, right }) => `${left.name} = ${right.name}`);

describe('within one set', () => {
  test('a held-out task that is a training task under another name is found', () => {
    const group = groupOf([
      ['total', sum],
      ['opening', first],
      ['grand-total', sum, 'held-out'],
    ]);
    expect(overlapWithin([group])).toEqual({
      repeats: [
        {
          left: { name: 'total', split: 'train' },
          right: { name: 'grand-total', split: 'held-out' },
          inputs: INPUTS.length,
        },
      ],
      apart: [],
    });
  });

  test('one hidden output that differs makes another task', () => {
    const last = INPUTS[INPUTS.length - 1];
    const almost: Compute = (input) => (input === last ? -1 : sum(input));
    const group = groupOf([
      ['total', sum],
      ['almost', almost, 'held-out'],
    ]);
    expect(overlapWithin([group]).repeats).toEqual([]);
  });

  test('a repeat in another group is found on the inputs that both have', () => {
    const groups = [groupOf([['total', sum]]), groupOf([['again', sum]], INPUTS.slice(3))];
    expect(overlapWithin(groups).repeats).toMatchObject([{ inputs: INPUTS.length - 3 }]);
  });
});

describe('between two sets', () => {
  test('other names and another order of inputs hide nothing', () => {
    const left = groupOf([
      ['total', sum],
      ['opening', first],
    ]);
    const right = groupOf([['renamed', sum]], [...INPUTS].reverse());
    expect(pairs(overlapBetween([left], [right]))).toEqual(['total = renamed']);
  });

  test('whatever the order of inputs and tasks, exactly the planted repeat is found', () => {
    const functions: readonly (readonly [string, Compute])[] = [0, 1, 2].map((n) => [
      `left-${n}`,
      (input) => sum(input) + n,
    ]);
    fc.assert(
      fc.property(
        fc.nat(functions.length - 1),
        fc.shuffledSubarray([...INPUTS], { minLength: ENOUGH_INPUTS }),
        (planted, inputs) => {
          const [name, compute] = functions[planted] ?? ['', sum];
          const right = groupOf(
            [
              ['other', (input) => sum(input) - 1],
              ['planted', compute],
            ],
            inputs,
          );
          expect(pairs(overlapBetween([groupOf(functions)], [right]))).toEqual([
            `${name} = planted`,
          ]);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('fewer shared inputs than are enough are not compared, and that is said', () => {
    const elsewhere = INPUTS.map(({ list, k }) => ({ list: [...list, 1], k }));
    const shared = ENOUGH_INPUTS - 1;
    const right = groupOf([['renamed', sum]], [...INPUTS.slice(0, shared), ...elsewhere]);
    expect(overlapBetween([groupOf([['total', sum]])], [right])).toEqual({
      repeats: [],
      apart: [{ left: 0, right: 0, inputs: shared }],
    });
  });

  test('an equal list with another k is another input', () => {
    const right = groupOf(
      [['renamed', sum]],
      INPUTS.map(({ list, k }) => ({ list, k: k + 1 })),
    );
    expect(overlapBetween([groupOf([['total', sum]])], [right]).apart).toMatchObject([
      { inputs: 0 },
    ]);
  });
});
