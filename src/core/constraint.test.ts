import { expect, test } from 'vitest';
import { type Constraint, judge, type Reach } from './constraint.ts';

const file = (more: Partial<Reach>): Reach => ({
  path: 'a.ts',
  imports: [],
  privileges: [],
  ...more,
});

test.each<[string, Constraint, Partial<Reach>, RegExp | undefined]>([
  ['a size at the limit', { maxSize: 10 }, {}, undefined],
  ['a size beyond it', { maxSize: 9 }, {}, /has the size 10, and 9 is the most/],
  ['the only file', { only: ['a.ts'] }, {}, undefined],
  ['another than the only file', { only: ['b.ts'] }, {}, /changes a\.ts/],
  ['a file ruled out', { not: ['a.ts'] }, {}, /changes a\.ts/],
  ['another file', { not: ['b.ts'] }, {}, undefined],
  ['a module', { noImports: ['fs'] }, { imports: ['fs'] }, /newly imports fs in a\.ts/],
  ['its other name', { noImports: ['fs'] }, { imports: ['node:fs'] }, /imports node:fs/],
  [
    'a part of it',
    { noImports: ['node:fs'] },
    { imports: ['fs/promises'] },
    /imports fs\/promises/,
  ],
  ['a part, in Python', { noImports: ['os'] }, { imports: ['os.path'] }, /imports os\.path/],
  ['another that begins so', { noImports: ['fs'] }, { imports: ['fs-extra'] }, undefined],
  ['a computed name', { noImports: ['fs'] }, { imports: ['*'] }, /computed name/],
  ['a privilege', { noPrivileges: ['network'] }, { privileges: ['network'] }, /for network/],
  ['another one', { noPrivileges: ['network'] }, { privileges: ['files'] }, undefined],
  ['all of it', { maxSize: 10, only: ['a.ts'], noImports: ['fs'] }, { imports: ['os'] }, undefined],
])('%s', (_what, rule, reach, why) => {
  const judged = judge(rule, { size: 10, reach: () => [file(reach)] });
  expect(judged).toEqual(
    why ? { verdict: 'broken', why: expect.stringMatching(why) } : { verdict: 'kept' },
  );
});

test('what cannot be told is not taken for kept, nor asked where nothing needs it', () => {
  const unknown = { size: 10, reach: () => undefined };
  expect(judge({ not: ['a.ts'] }, unknown)).toEqual({ verdict: 'unknown' });
  expect(judge({ maxSize: 9, not: ['a.ts'] }, unknown)).toMatchObject({ verdict: 'broken' });
  const never = (): never => {
    throw new Error('asked');
  };
  expect(judge({ maxSize: 10 }, { size: 10, reach: never })).toEqual({ verdict: 'kept' });
});
