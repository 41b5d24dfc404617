import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { publicRoot } from '../core/rng.ts';
import { EMPTY_PURSE } from '../core/spend.ts';
import { apply } from '../lang/forest.ts';
import { holeNode } from '../lang/macro.ts';
import { MAIN_ARM } from '../loop/plan.ts';
import type { AskRequest, Draft } from '../proposers/contract.ts';
import { encodeProgram } from '../source/program.ts';
import { buildLanes, type LaneMaterial } from './build-lanes.ts';
import { parseConfig } from './config.ts';

const originText = encodeProgram({
  files: {
    'src/a.ts':
      'export function sum(a: number[], n: number) {\n  let s = 0;\n  for (let i = 0; i < n; i++) s += a[i] > 3 ? 1 : 0;\n  return s;\n}\n',
  },
});

function proposed(operators: readonly string[] | undefined): ReadonlySet<string> {
  const config = parseConfig(
    {
      name: 'named',
      kind: 'code',
      surface: { edit: ['src/a.ts'] },
      evaluator: {
        command: 'node bench.mjs',
        class: 'fused',
        metrics: [{ name: 'x', goal: 'max', unit: '' }],
      },
      proposers: [{ use: 'genetic', ...(operators ? { operators } : {}) }],
      control: { arms: [] },
      budget: { trials: 10 },
    },
    'test',
  );
  const material = { originText, originSize: 1, languages: new Map() } as unknown as LaneMaterial;
  const { proposer } = buildLanes(config, material)[0]?.lane ?? expect.fail('no lane');
  const drafts = Array.from({ length: 40 }, (_, trial) => {
    const rng = publicRoot('named').stream(trial, 'ask');
    const archive = { size: 0, best: () => undefined, pick: () => undefined };
    const request = { trial, rng, archive, fromOrigin: false, seen: () => false };
    const purse = { purse: EMPTY_PURSE, signal: new AbortController().signal };
    return proposer.ask(proposer.init(), {
      ...request,
      ...purse,
    } as unknown as AskRequest) as Draft;
  });
  expect(drafts.every(({ text }) => sha256(text) !== sha256(originText))).toBe(true);
  return new Set(drafts.map(({ operator }) => operator));
}

test('genetic draws from all operators of the language, or from those that are named', () => {
  expect(proposed(undefined).size).toBeGreaterThan(8);
  expect(proposed(['unroll', 'branchless'])).toEqual(new Set(['unroll', 'branchless']));
});

test('planted: an operator that the language does not have is refused with those it has', () => {
  expect(() => proposed(['unroll', 'inline'])).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/"inline".*genetic, which has .*unroll, branchless/s),
    }),
  );
});

/** Operators that the genetic lane of each arm draws among. */
function arms(operators?: readonly string[]): Readonly<Record<string, ReadonlySet<string>>> {
  const slots = [{ name: 'f', inputs: ['x', 'y'] }];
  const config = parseConfig(
    {
      name: 'macros',
      kind: 'code',
      surface: { edit: ['f.ts'] },
      language: { slots },
      evaluator: {
        command: 'node bench.mjs',
        interpreter: 'bench.mjs',
        class: 'split',
        metrics: [{ name: 'x', goal: 'max', unit: '' }],
      },
      proposers: [{ use: 'genetic', ...(operators ? { operators } : {}) }],
      control: { arms: ['best-of-n', 'random'], share: 0.4 },
      budget: { trials: 10 },
    },
    'test',
  );
  const body = apply('tanh', [holeNode(0)]);
  const macros = [{ name: 'm', gives: 'real', takes: ['real'], inputs: [], body }];
  const vocabulary = { slots: slots.map((slot) => ({ ...slot, result: 'real' })) };
  const material = {
    originText: '{"f":["+",["v","x"],["v","y"]]}',
    originSize: 3,
    closed: { vocabulary },
    macros,
  } as unknown as LaneMaterial;
  return Object.fromEntries(
    buildLanes(config, material).map(({ lane: { arm, proposer } }) => {
      const drafts = Array.from({ length: 60 }, (_, trial) => {
        const rng = publicRoot('macros').stream(trial, 'ask');
        const archive = { size: 0, best: () => undefined, pick: () => undefined };
        const request = { trial, rng, archive, fromOrigin: true, seen: () => false };
        return proposer.ask(proposer.init(), request as unknown as AskRequest) as Draft;
      });
      return [arm, new Set(drafts.map(({ operator }) => operator))];
    }),
  );
}

test('macros are of the search: its controls have the same operators, and none of those', () => {
  const all = arms();
  expect(Object.keys(all)).toHaveLength(3);
  for (const [arm, operators] of Object.entries(all))
    expect(operators.has('instance')).toBe(arm === MAIN_ARM);
  const { [MAIN_ARM]: search, 'best-of-n': control } = arms(['instance', 'wrap']);
  expect(search).toEqual(new Set(['instance', 'wrap']));
  expect(control).toEqual(new Set(['wrap']));
  expect(arms(['instance'])['best-of-n']?.size).toBeGreaterThan(3);
});
