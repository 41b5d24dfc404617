import { expect, test } from 'vitest';
import * as pool from '../../examples/meta/generated/functions.mjs';
import { publicRoot } from '../core/rng.ts';
import { compute, machineOf, valueCells } from './machine.ts';
import type { Input } from './memory.ts';
import { readValues } from './memory.ts';
import { ORACLE_PARTS, oracleLanguage, REDUCERS, SELECTIONS, TRANSFORMS } from './oracle.ts';
import { readTerm, type StoredTerm } from './term.ts';

const KINDS = [
  ['selection', SELECTIONS, pool.SELECTIONS, 'all'],
  ['transform', TRANSFORMS, pool.TRANSFORMS, 'identity'],
  ['reducer', REDUCERS, pool.REDUCERS, 'list'],
] as const;

const LANGUAGE = oracleLanguage();

/** From empty lists to long ones, k from 1 to 3. */
function inputs(): readonly Input[] {
  const rng = publicRoot('oracle parts').stream(0, 'inputs');
  return Array.from({ length: 80 }, () => ({
    list: Array.from({ length: rng.int(10) }, () => rng.int(41) - 15),
    k: 1 + rng.int(3),
  }));
}

/** What a part gives on the task's own list. */
function solverOn(input: Input): (part: StoredTerm) => unknown {
  const cells = new Int32Array((LANGUAGE.primitives.length + 80) * valueCells(1) * 2);
  const machine = machineOf(LANGUAGE, [input], cells);
  return (part) => {
    const term = readTerm(LANGUAGE, part);
    const at = compute(machine, term);
    const type = LANGUAGE.primitives[term.prim]?.type as 'I' | 'L';
    return at < 0 ? null : readValues(machine.memory, at, type)[0];
  };
}

test.each(KINDS)('every %s does what the generator’s does', (kind, ours, theirs, nothing) => {
  const parts = theirs.filter(({ name }) => name !== nothing);
  expect(Object.keys(ours)).toEqual(parts.map(({ name }) => name));
  for (const input of inputs()) {
    const given = solverOn(input);
    for (const { name, of } of parts) {
      const whole = `${kind}/${name}`;
      const bare = ours[name] as StoredTerm;
      const part = LANGUAGE.index.has(whole) ? whole : (bare[0] as string);
      const because = `${name} of ${JSON.stringify(input)}`;
      expect(given([part, 'L']), because).toEqual(of(input.list, input.k));
    }
  }
});

test('the oracle has them all as one node each, besides six that are bare', () => {
  const all = [SELECTIONS, TRANSFORMS, REDUCERS].flatMap((parts) => Object.values(parts));
  const bare = all.filter((body) => body.length === 2 && body[1] === '#0');
  expect(bare.map(([name]) => name)).toEqual(['uniq', 'sort', 'tail', 'rev', 'len', 'head']);
  expect(ORACLE_PARTS).toHaveLength(18 + 16 + 19 - bare.length);
  expect(LANGUAGE.primitives).toHaveLength(45 + ORACLE_PARTS.length);
});
