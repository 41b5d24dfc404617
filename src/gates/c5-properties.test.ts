/** C5 and C9 on a few cases of our own; on all of them in c5-corpus.long.test.ts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { thorough } from '../../test/thorough.ts';
import { programMutants } from '../source/mutants.ts';
import { decodeProgram, encodeProgram } from '../source/program.ts';
import { candidateOf, checkedBench } from '../testing/checked-bench.ts';
import { DECLARATION, gateBench, intakeOf } from '../testing/gate-bench.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { adequacyOf, adequacyWords } from './adequacy.ts';
import { propertyCheck } from './c5-properties.ts';
import { mutationCheck } from './c9-mutation.ts';
import type { Properties, Tools } from './contract.ts';

const bench = checkedBench({ export: 'sort' });
afterAll(() => bench.close());
const never = new AbortController().signal;

const FOLDER = join(import.meta.dirname, '../../corpus/own/sort');
const read = (name: string): string => readFileSync(join(FOLDER, `${name}.mjs`), 'utf8');
const ORIGIN = read('origin');

const INPUTS =
  'export const inputs = (fc) => fc.tuple(fc.array(fc.integer({ min: -99, max: 99 }), { maxLength: 30 }));';
const ORDERED = `ordered: ({ output }) => output.every((one, i) => i === 0 || output[i - 1] <= one) || 'it is not in order'`;
const KEPT = `kept: ({ input: [list], output }) => [...list].sort().join() === [...output].sort().join() || 'other values'`;
const GOOD = `${INPUTS} export const properties = { ${ORDERED}, ${KEPT} };`;
/** Few: each is a process of its own. */
const mutants: NonNullable<Tools['mutants']> = ({ text }) =>
  programMutants(encodeProgram({ files: { 'f.mjs': text } }))
    .slice(0, 1)
    .map((one) => ({
      what: one.what,
      text: decodeProgram(one.text).files['f.mjs'] ?? '',
    }));

async function toolsWith(checks: string): Promise<Tools & { readonly properties: Properties }> {
  const properties = await bench.open({ checks, origin: ORIGIN });
  if (properties === undefined) throw new Error('no properties');
  const declaration = {
    ...DECLARATION,
    isTimed: true,
    isCallable: true,
    properties: properties.names,
  };
  return { ...gateBench({ declaration, mutants, clock: manualClock() }), properties };
}

let opened: ReturnType<typeof toolsWith> | undefined;
/** Opened by the first test that needs it. */
function good(): ReturnType<typeof toolsWith> {
  opened ??= toolsWith(GOOD);
  return opened;
}

async function judged(
  name: string,
  tools: Tools | Promise<Tools> = good(),
  tier: 'floor' | 'deep' = 'floor',
) {
  const [candidate, origin] = [candidateOf(read(name)), candidateOf(ORIGIN)];
  const intake = intakeOf({ candidate, origin, incumbent: origin, tier, ticket: name });
  return propertyCheck.judge(intake, await tools, never);
}

test('an audit that may take little asks as many cases as the floor, and says that it is no whole one', async () => {
  const asked: number[] = [];
  const { properties, ...rest } = await good();
  const check: Properties['check'] = (request, signal) => {
    asked.push(request.cases);
    return properties.check({ ...request, cases: Math.min(request.cases, 300) }, signal);
  };
  let nowMs = 0;
  const clock = { ...rest.clock, monotonicMs: () => (nowMs += 100.25) };
  const tools = { ...rest, clock, properties: { ...properties, check }, mostCpuMs: 10 };
  const { completeness = 1 } = await judged('honest-merge', tools, 'deep');
  // Of the origin's cost alone: nothing is tried to know it.
  expect(asked[0]).toBe(3000);
  expect(completeness).toBeLessThan(0.2);
});

const SHOWN = ['cheat-equals-anything', 'honest-merge'];

test.each(SHOWN)('%s', { timeout: 60_000 }, async (name) => {
  const { verdict, why, cases, completeness } = await judged(name);
  if (name.startsWith('cheat')) {
    expect(verdict).toBe('fail');
    return expect(why).toMatch(/^It breaks "(ordered|type)" on the input /);
  }
  expect(why).toMatch(
    /^No failure in 3000 cases of each of 4 properties: the rate is at most 0\.10 % \(95 %\); how many planted faults they notice is measured by deep audits/,
  );
  expect({ verdict, cases, completeness }).toEqual({
    verdict: 'pass',
    cases: 3000,
    completeness: 1,
  });
});

/** Properties that notice the mutants of these texts; each of the others gives another output on as many inputs. */
function noticing(
  noticed: readonly string[],
  differs: Readonly<Record<string, number>> = {},
): Properties {
  return {
    names: ['x'],
    check: async ({ candidate: { text }, cases }) => ({
      cases,
      failures: noticed.includes(text) ? [{ property: 'x', input: 1, why: 'no' }] : [],
      differs: differs[text] ?? 0,
    }),
    close: () => undefined,
  };
}

const LETTERS = [...'abcdefghij'];

async function adequacy(properties: Properties, more: Partial<Tools> = {}) {
  const origin = candidateOf(ORIGIN);
  const intake = intakeOf({ candidate: origin, origin, incumbent: origin });
  const declaration = { ...DECLARATION, isTimed: true };
  const mutants = () => LETTERS.map((text) => ({ text, what: `fault ${text}` }));
  const tools = {
    ...gateBench({ declaration, mutants, clock: manualClock() }),
    properties,
    ...more,
  };
  return mutationCheck.judge(intake, tools, never);
}

test('properties that notice four of five planted faults count; what survived is named', async () => {
  const found = await adequacy(noticing(LETTERS.slice(0, 7), { h: 12 }));
  expect(found).toMatchObject({ verdict: 'pass', completeness: 1, cases: 10 });
  expect(found.why).toBe(
    'The properties count as verification: 7 of 8 planted faults that show were noticed (95 %: 53 % to 98 %); 2 more of 10 survived or are equivalent: no input told them apart.',
  );
  const { survivors, rates } = found.evidence as Record<string, unknown> & { survivors: unknown[] };
  expect(rates).toEqual({ differing: 7 / 8, all: 0.7 });
  expect(survivors).toHaveLength(3);
  expect(survivors).toContainEqual({ what: 'fault h', differs: 12 });
  expect(survivors).toContainEqual({ what: 'fault i', differs: 0 });
});

test('planted: properties that notice too little verify nothing', async () => {
  const seen = await adequacy(noticing(LETTERS.slice(0, 7), { h: 1, i: 1, j: 1 }));
  expect(seen).toMatchObject({ verdict: 'pass', completeness: 0 });
  expect(seen.why).toMatch(/^Below 80 % the properties do not count as verification: 7 of 10 /);
  // All that show are noticed, on inputs so narrow that half of them do not.
  expect(await adequacy(noticing(LETTERS.slice(0, 5)))).toMatchObject({ completeness: 0 });
  expect(await adequacy(noticing([]))).toMatchObject({ completeness: 0 });
});

test('a worse score notices what no property does, a better one is no fault', async () => {
  const declaration = { ...DECLARATION, goal: 'max' } as const;
  const value = (text: string) => ({ h: 1, i: 9 })[text] ?? 5;
  const measure: Tools['measure'] = async (requests) =>
    requests.map(({ candidate, cases }) => ({
      cases: cases.map(() => ({ outcome: 'scored', value: value(candidate.text) })),
      cpuMs: 1,
    }));
  const some = { h: 3, i: 3, j: 3 };
  const found = await adequacy(noticing(LETTERS.slice(0, 7), some), { declaration, measure });
  expect(found.evidence).toMatchObject({ killed: 8, by: { properties: 7, score: 1 } });
});

test('planted: a mutant without an end is noticed by the time it takes', async () => {
  const properties = noticing(LETTERS.slice(1));
  const endless: Properties = {
    ...properties,
    check: (request, signal) =>
      request.candidate.text === 'a'
        ? new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)))
        : properties.check(request, signal),
  };
  expect((await adequacy(endless)).evidence).toMatchObject({ killed: 10, by: { time: 1 } });
});

thorough(
  'planted: a mutant is not taken for one without an end because the machine is busy',
  async () => {
    const [properties, clock] = [noticing([]), manualClock()];
    let [own, tried] = [0, 0];
    const busy: Properties = {
      ...properties,
      check: (request, signal) => {
        if (request.candidate.text === 'origin') clock.advance(own++ === 0 ? 1 : 400);
        else if (tried++ === 0) {
          return new Promise((_, fail) =>
            signal.addEventListener('abort', () => fail(signal.reason)),
          );
        }
        return properties.check(request, signal);
      },
    };
    const mutants = () => [{ text: 'a', what: 'fault a' }];
    const tools = { ...gateBench({ mutants, clock }), properties: busy };
    const found = await adequacyOf(tools, { program: candidateOf('origin'), tier: 'floor' }, never);
    expect(found).toMatchObject({ mutants: 1, killed: 0, by: { time: 0 } });
  },
);

test('planted: what there was no time for is said, and not taken for noticed or missed', async () => {
  const properties = noticing(LETTERS);
  let asked = 0;
  const stuck: Properties = {
    ...properties,
    check: (request, signal) =>
      asked++ < 4
        ? properties.check(request, signal)
        : new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason))),
  };
  const mutants = () => LETTERS.map((text) => ({ text, what: `fault ${text}` }));
  const tools = { ...gateBench({ mutants, clock: manualClock() }), properties: stuck };
  const program = candidateOf('origin');
  const found = await adequacyOf(tools, { program, tier: 'floor', mostMs: 500 }, never);
  expect(found).toMatchObject({ mutants: 3, killed: 3, untried: 7 });
  expect(found && adequacyWords(found)).toMatch(
    /^3 of 3 planted faults .*; for 7 more of those drawn there was no time$/,
  );
});

test('planted: where no faults can be planted nothing counts as verified', async () => {
  const found = await adequacy(noticing([]), { mutants: () => [] });
  expect(found).toMatchObject({ verdict: 'pass', completeness: 0, cases: 0 });
  expect(found.why).toMatch(/No faults can be planted in this language/);
});

test('planted: without properties, without cases and in trouble there is no pass', async () => {
  const tools = await good();
  const saying = (report: object): Tools => ({
    ...tools,
    properties: {
      names: ['x'],
      check: async () => ({ cases: 0, failures: [], ...report }),
      close: () => undefined,
    },
  });
  const { properties: _, ...without } = tools;
  for (const one of [without, saying({}), saying({ cases: 3000, trouble: 'lost' })]) {
    expect((await judged('honest-library', one)).verdict).toBe('inconclusive');
  }
  const odd = [{ property: 'permutation:0', input: 1, why: 'no' }];
  const suspected = await judged('honest-library', saying({ cases: 3000, suspicions: odd }));
  expect(suspected).toMatchObject({ verdict: 'pass', suspicion: 0.5 });
  expect(suspected.why).toMatch(
    /it does not do as the origin in "permutation:0", which nobody confirmed/,
  );
});

test('what applies follows from the declaration', () => {
  const callable = { ...DECLARATION, isCallable: true };
  const declared = { ...callable, properties: ['x'] };
  expect([DECLARATION, callable, declared].map((one) => propertyCheck.inapplicable(one))).toEqual([
    'nothing says how a candidate is called (safety.calls)',
    'no properties are declared or confirmed',
    undefined,
  ]);
  expect(mutationCheck.inapplicable(callable)).toBe('there are no properties to be tried');
});
