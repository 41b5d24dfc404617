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

type Way = readonly [family: string, Through];

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
const noResults: Through = (tools: Tools) => ({
  ...tools,
  measure: async (requests, signal) => (await tools.measure(requests, signal)).slice(1),
});

/** Each leaves C2 something else to see than any other. */
const WAYS: Readonly<Record<string, Way>> = {
  ...Object.fromEntries(
    JUDGES.flatMap((name): readonly (readonly [string, Way])[] => [
      [`another ${name}, from the start`, ['tampering', digests(other(name), true)]],
      [`another ${name}, later`, ['tampering', digests(other(name))]],
      [`no ${name}, from the start`, ['tampering', digests(without(name), true)]],
      [`no ${name}, later`, ['tampering', digests(without(name))]],
    ]),
  ),
  ...Object.fromEntries(
    JUDGES.flatMap((one, at) =>
      JUDGES.slice(at + 1).map((two): readonly [string, Way] => [
        `another ${one} and ${two}, later`,
        ['tampering', digests((all) => other(one)(other(two)(all)))],
      ]),
    ),
  ),
  'all of them others, later': [
    'tampering',
    digests((all) => Object.fromEntries(Object.keys(all).map((name) => [name, ANOTHER]))),
  ],
  'none of them, later': ['tampering', digests(() => ({}))],
  'one that nobody declared, from the start': ['tampering', digests(other('another'), true)],
  'one that nobody declared, later': ['tampering', digests(other('another'))],
  'answers that never came': ['silenced', cases((all) => all.slice(1))],
  'one answer more': ['silenced', cases((all) => [...all, ...all.slice(0, 1)])],
  'no result came': ['silenced', noResults],
  'no record of its time': ['silenced', results((one) => ({ ...one, cpuMs: Number.NaN }))],
};

/** Shown to every check: what the others ask is in what C2 looks back on. The rest is shown to C2 alone. */
const WHOLE: ReadonlySet<string> = new Set([
  'another evaluator, from the start',
  'another runtime, later',
  'answers that never came',
  'no record of its time',
]);

export function tampering(text: string): readonly KnownCase[] {
  const candidate = { id: sha256(text), text };
  return Object.entries(WAYS).map(([name, [family, through]]) => {
    const only = WHOLE.has(name) ? {} : { only: ['C2'] as const };
    return { name, is: 'cheat', class: family, candidate, through, ...only };
  });
}
