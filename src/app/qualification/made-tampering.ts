/**
 * What no candidate can do from its jail is done here for it: digests that change, answers that never come. A check
 * that would not see these proves nothing. The candidate itself is the origin, the same for each.
 */
import { type Hash, sha256 } from '../../core/hash.ts';
import type { Measured } from '../../evaluators/contract.ts';
import type { KnownCase } from '../../gatekeeper/known.ts';
import type { Tools } from '../../gates/contract.ts';

type Digests = Readonly<Record<string, Hash>>;
type Through = NonNullable<KnownCase['through']>;

const ANOTHER = sha256('another');
/** What judges, as the gatekeeper names it. */
const JUDGES = ['evaluator', 'task', 'runtime', 'gates'] as const;

const other = (name: string) => (digests: Digests) => ({ ...digests, [name]: ANOTHER });
const without = (name: string) => (digests: Digests) =>
  Object.fromEntries(Object.entries(digests).filter(([one]) => one !== name));

/** As `change` makes them, at every reading or from the second on. */
const digests =
  (change: (digests: Digests) => Digests, isFromStart = false): Through =>
  (tools) => {
    let reads = 0;
    return {
      ...tools,
      digests: () => {
        reads += 1;
        return isFromStart || reads > 1 ? change(tools.digests()) : tools.digests();
      },
    };
  };

const results =
  (change: (measured: Measured) => Measured): Through =>
  (tools) => ({
    ...tools,
    measure: async (requests, signal) => (await tools.measure(requests, signal)).map(change),
  });

const cases = (change: (cases: Measured['cases']) => Measured['cases']): Through =>
  results((one) => ({ ...one, cases: change(one.cases) }));
const cpuMs = (value: number): Through => results((one) => ({ ...one, cpuMs: value }));
const noResults: Through = (tools: Tools) => ({
  ...tools,
  measure: async (requests, signal) => (await tools.measure(requests, signal)).slice(1),
});

/** Shown to every check: what the others ask is in what C2 looks back on. */
const WHOLE: Readonly<Record<string, readonly [family: string, Through]>> = {
  'another judge': ['tampering', digests(other('evaluator'), true)],
  'another runtime at the end': ['tampering', digests(other('runtime'))],
  'answers that never came': ['silenced', cases((all) => all.slice(1))],
  'no record of its time': ['silenced', cpuMs(Number.NaN)],
};

/** Shown to C2 alone. */
const OF_C2: Readonly<Record<string, readonly [family: string, Through]>> = {
  ...Object.fromEntries(
    JUDGES.flatMap((name): [string, readonly [string, Through]][] => [
      [`another ${name}, from the start`, ['tampering', digests(other(name), true)]],
      [`another ${name}, later`, ['tampering', digests(other(name))]],
      [`no ${name}, later`, ['tampering', digests(without(name))]],
    ]),
  ),
  'all of them others, later': [
    'tampering',
    digests((all) => Object.fromEntries(Object.keys(all).map((name) => [name, ANOTHER]))),
  ],
  'none of them, later': ['tampering', digests(() => ({}))],
  'one that nobody declared': ['tampering', digests(other('another'))],
  'the last answer never came': ['silenced', cases((all) => all.slice(0, -1))],
  'every other answer never came': [
    'silenced',
    cases((all) => all.filter((_, at) => at % 2 === 1)),
  ],
  'no answer came': ['silenced', cases(() => [])],
  'one answer more': ['silenced', cases((all) => [...all, ...all.slice(0, 1)])],
  'each answer twice': ['silenced', cases((all) => all.flatMap((one) => [one, one]))],
  'no result came': ['silenced', noResults],
  'less than no time': ['silenced', cpuMs(-1)],
  'endless time': ['silenced', cpuMs(Number.POSITIVE_INFINITY)],
};

export function tampering(text: string): readonly KnownCase[] {
  const candidate = { id: sha256(text), text };
  const made = (from: typeof WHOLE) =>
    Object.entries(from).map(([name, [family, through]]) => {
      return { name, is: 'cheat', class: family, candidate, through } as const;
    });
  return [...made(WHOLE), ...made(OF_C2).map((one) => ({ ...one, only: ['C2'] as const }))];
}
