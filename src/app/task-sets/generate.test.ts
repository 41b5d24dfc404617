/** The sets that come with Paceline, through the process that makes them. */
import { describe, expect, test } from 'vitest';
import { type GeneratedSet, generateTaskSet } from './generate.ts';
import { refuseOverlap } from './refuse-overlap.ts';

const { signal } = new AbortController();
const make = async (wanted: GeneratedSet) => {
  const { set } = await generateTaskSet(wanted, signal);
  return { place: `${wanted.name} ${wanted.seed}`, set };
};

test('a seed gives the same set again, another seed another one', async () => {
  const wanted = { name: 'generated', seed: 5 } as const;
  const [first, again, other] = await Promise.all(
    [wanted, wanted, { ...wanted, seed: 6 }].map((one) => generateTaskSet(one, signal)),
  );
  expect(first?.id).toBe(again?.id);
  expect(first?.id).not.toBe(other?.id);
  expect(first?.apart).toEqual([]);
});

describe('two sets', () => {
  test('on the same inputs: what both draw is refused, under names that differ', async () => {
    const [generated, deep] = await Promise.all([
      make({ name: 'generated', seed: 1, inputsSeed: 9 }),
      make({ name: 'deep', seed: 2, inputsSeed: 9 }),
    ]);
    expect(() => refuseOverlap(generated, deep)).toThrow(
      expect.objectContaining({ code: 'TASKS_OVERLAP' }),
    );
  });

  test('on the same inputs and nothing in common: nothing is refused', async () => {
    const [generated, everyday] = await Promise.all([
      make({ name: 'generated', seed: 1 }),
      make({ name: 'everyday', seed: 1 }),
    ]);
    expect(() => refuseOverlap(generated, everyday)).not.toThrow();
    const [renamed] = everyday.set.groups.map((group) => ({
      ...group,
      tasks:
        generated.set.groups[0]?.tasks.slice(3, 4).map((task) => ({ ...task, name: 'own' })) ?? [],
    }));
    const planted = {
      place: 'planted',
      set: { ...everyday.set, groups: renamed ? [renamed] : [] },
    };
    expect(() => refuseOverlap(generated, planted)).toThrow(/"own" .* does what "generated\//);
  });

  test('on other inputs: nobody can tell, and that is said instead of passing', async () => {
    const [left, right, text] = await Promise.all([
      make({ name: 'everyday', seed: 1 }),
      make({ name: 'everyday', seed: 1, inputsSeed: 2 }),
      make({ name: 'text', seed: 1, flags: ['halves'] }),
    ]);
    expect(() => refuseOverlap(left, right)).toThrow(/no shared inputs .*--inputs-seed/);
    expect(() => refuseOverlap(left, text)).toThrow(/One holds numbers, the other text/);
  });
});

test.each([
  [{ name: 'nothing', seed: 1 }, /no generator .*"nothing".* generated, everyday, text, deep/],
  [{ name: 'everyday', seed: 1, flags: ['halves'] }, /no flag "halves"\. It knows none/],
  [{ name: 'text', seed: 1, flags: ['everyday'] }, /It knows: halves/],
  [{ name: 'text', seed: -1 }, /-1 is no seed\. .* Run it by hand: node .*generate\.mjs --seed=-1/],
])('%o is refused with what to do', async (wanted, said) => {
  await expect(generateTaskSet(wanted as GeneratedSet, signal)).rejects.toThrow(said);
});

test('whoever gives up gets their own reason', async () => {
  const gone = AbortSignal.abort(new Error('given up'));
  await expect(generateTaskSet({ name: 'text', seed: 1 }, gone)).rejects.toThrow('given up');
});
