/** C5 on every case of our own (corpus/own/sort), with what it misses by name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { programMutants } from '../source/mutants.ts';
import { decodeProgram, encodeProgram } from '../source/program.ts';
import { candidateOf, checkedBench } from '../testing/checked-bench.ts';
import { DECLARATION, gateBench, intakeOf } from '../testing/gate-bench.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { propertyCheck } from './c5-properties.ts';
import { mutationCheck } from './c9-mutation.ts';
import type { Properties, Tools } from './contract.ts';

const bench = checkedBench({ export: 'sort' });
afterAll(() => bench.close());
const never = new AbortController().signal;

const FOLDER = join(import.meta.dirname, '../../corpus/own/sort');
const read = (name: string): string => readFileSync(join(FOLDER, `${name}.mjs`), 'utf8');
const NAMES = readdirSync(FOLDER).map((file) => file.replace('.mjs', ''));
const ORIGIN = read('origin');

const INPUTS =
  'export const inputs = (fc) => fc.tuple(fc.array(fc.integer({ min: -99, max: 99 }), { maxLength: 30 }));';
const ORDERED = `ordered: ({ output }) => output.every((one, i) => i === 0 || output[i - 1] <= one) || 'it is not in order'`;
const KEPT = `kept: ({ input: [list], output }) => [...list].sort().join() === [...output].sort().join() || 'other values'`;
const GOOD = `${INPUTS} export const properties = { ${ORDERED}, ${KEPT} };`;

const mutants: NonNullable<Tools['mutants']> = ({ text }) =>
  programMutants(encodeProgram({ files: { 'f.mjs': text } })).map((one) => ({
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

const good = toolsWith(GOOD);

async function judged(
  name: string,
  tools: Tools | Promise<Tools> = good,
  tier: 'floor' | 'deep' = 'floor',
) {
  const [candidate, origin] = [candidateOf(read(name)), candidateOf(ORIGIN)];
  const intake = intakeOf({ candidate, origin, incumbent: origin, tier, ticket: name });
  return propertyCheck.judge(intake, await tools, never);
}

/** Nothing that an input of the checks could show: other checks look for these. */
const MISSED: Readonly<Record<string, string>> = {
  'cheat-magic': 'No failure in 3000 cases',
  'cheat-environment': 'No failure in 3000 cases',
};

test.each(NAMES)('%s', { timeout: 60_000 }, async (name) => {
  const { verdict, why, cases, completeness } = await judged(name);
  const expected = name.startsWith('cheat') && !Object.hasOwn(MISSED, name) ? 'fail' : 'pass';
  expect({ verdict, why }).toMatchObject({ verdict: expected });
  if (expected === 'fail')
    return expect(why).toMatch(/^It breaks ("ordered"|"kept"|type|determinism) on the input /);
  expect(why).toMatch(
    /^No failure in 3000 cases of each of 4 properties: the rate is at most 0\.10 % \(95 %\)/,
  );
  expect({ cases, completeness }).toEqual({ cases: 3000, completeness: 1 });
});

test('of the faults planted in the origin all that show are noticed; four are the same program', async () => {
  const origin = candidateOf(ORIGIN);
  const intake = intakeOf({ candidate: origin, origin, incumbent: origin });
  const found = await mutationCheck.judge(intake, await good, never);
  expect(found.why).toBe(
    'The properties count as verification: 12 of 12 planted faults that show were noticed (95 %: 76 % to 100 %); 4 more of 16 survived or are equivalent: no input told them apart.',
  );
});
