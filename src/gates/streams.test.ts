/** What each check draws from the secret is named for that check, so that no draw of one moves another's. */
import { expect, test } from 'vitest';
import { SORTING } from '../../corpus/own/tasks.ts';
import { type RngRoot, secretRoot } from '../core/rng.ts';
import { checked } from '../testing/check-bench.ts';
import { DECLARATION, gateBench, intakeOf } from '../testing/gate-bench.ts';
import { jailCheck } from './c1-jail.ts';
import { tamperingCheck } from './c2-tampering.ts';
import { nonInferiorityCheck } from './c3-non-inferiority.ts';
import { propertyCheck } from './c5-properties.ts';
import { memorisationCheck } from './c6-memorisation.ts';
import { tellsCheck } from './c8-tells.ts';
import { mutationCheck } from './c9-mutation.ts';
import { timingCheck } from './c10-timing.ts';
import { triggerCheck } from './c13-triggers.ts';
import type { Check, Properties, Tools } from './contract.ts';
import { watchedTools } from './telemetry.ts';

const { signal } = new AbortController();

function heard(): { readonly secrets: RngRoot; readonly names: Set<string> } {
  const root = secretRoot('streams');
  const names = new Set<string>();
  const stream: RngRoot['stream'] = (trial, purpose, index) => {
    names.add(purpose);
    return root.stream(trial, purpose, index);
  };
  return { secrets: { stream }, names };
}

const properties = (): Properties => ({
  names: ['x'],
  check: async ({ cases }) => ({ cases, failures: [], differs: 0 }),
  close: () => undefined,
});
const look = async () => ({ scored: 1, touched: [], isKilled: false, isWatched: true, cpuMs: 1 });
const run = async () => ({
  cases: Array(256).fill({ outcome: 'scored', value: 1 }),
  cpuMs: 1,
  wallMs: 1,
});
const OVER: Partial<Tools> = {
  jail: { blind: [], tells: [], look },
  stopwatch: { run },
  mutants: () => [{ text: 'candidate', what: 'fault' }],
  mostCpuMs: 1e6,
};
const noisy = { ...DECLARATION, isDeterministic: false };

/** By how many names each goes: of its cases, its order, its pilot. */
test.each<[Check, number, Partial<Tools>]>([
  [jailCheck, 1, {}],
  [tamperingCheck, 1, {}],
  [nonInferiorityCheck, 3, { declaration: noisy }],
  // What a pass of it is worth is C9's to measure.
  [propertyCheck, 3, {}],
  [mutationCheck, 2, {}],
  [timingCheck, 3, { declaration: { ...DECLARATION, isTimed: true } }],
])('$name', async (check, count, over) => {
  const { secrets, names } = heard();
  const programs = { candidate: () => 1, incumbent: () => 1 };
  const tools = watchedTools(
    gateBench({ ...OVER, properties: properties(), programs, secrets, ...over }),
  );
  await check.judge(intakeOf({ tier: 'deep' }), tools, signal);
  expect(names.size).toBe(count);
  const own = check === propertyCheck ? /\bC[59]\b/ : new RegExp(`\\b${check.name}\\b`);
  for (const name of names) expect(name).toMatch(own);
});

test.each<[Check, number]>([
  [memorisationCheck, 3],
  [tellsCheck, 2],
  [triggerCheck, 2],
])('$name', async (check, count) => {
  const { secrets, names } = heard();
  const bench = { ...SORTING, candidate: SORTING.incumbent, cpuMsPerInput: 10 };
  const measure = () => ({ outcome: 'scored', value: 1 }) as const;
  await checked(check, { ...bench, measure, tools: { secrets } });
  expect(names.size).toBe(count);
  for (const name of names) expect(name).toMatch(new RegExp(`\\b${check.name}\\b`));
});
