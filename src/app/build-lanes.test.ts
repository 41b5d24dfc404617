import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { publicRoot } from '../core/rng.ts';
import { EMPTY_PURSE } from '../core/spend.ts';
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
