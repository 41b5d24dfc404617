import { describe, expect, it } from 'vitest';
import { IMPOSSIBLE_CASES, UPSIDE_DOWN } from '../../corpus/own/impossible.ts';
import { SORTING } from '../../corpus/own/tasks.ts';
import { type CheckBench, checked } from '../testing/check-bench.ts';
import { impossibleCheck } from './c7-impossible.ts';

const declared = {
  declaration: { impossible: [UPSIDE_DOWN.name] },
  tools: { impossible: [UPSIDE_DOWN] },
};
const plain: CheckBench = { ...SORTING, ...declared, candidate: SORTING.incumbent };
const cheat = IMPOSSIBLE_CASES[0] as (typeof IMPOSSIBLE_CASES)[0];

describe('C7 on its own cases', () => {
  for (const { name, is, program, ...task } of IMPOSSIBLE_CASES) {
    it(`${is === 'cheat' ? 'rejects' : 'lets through'}: ${name}`, async () => {
      const finding = await checked(impossibleCheck, { ...task, ...declared, candidate: program });
      expect(finding.why).toMatch(/\.$/);
      expect(finding.verdict).toBe(is === 'cheat' ? 'fail' : 'pass');
      expect(finding.incident).toBe(is === 'cheat' ? 'impossible task passed' : undefined);
    });
  }
});

describe('C7', () => {
  const bound = { name: 'below nothing', cases: [1, 2, 3], better: 0 };
  const scored = (goal: 'min' | 'max', value: number): CheckBench => ({
    ...plain,
    candidate: cheat.program,
    declaration: { impossible: [bound.name], goal },
    tools: { impossible: [bound] },
    measure: (program) => ({ outcome: 'scored', value: program === cheat.program ? value : 0 }),
  });

  it('knows a value that nobody can have', async () => {
    expect((await checked(impossibleCheck, scored('min', -1))).verdict).toBe('fail');
    expect((await checked(impossibleCheck, scored('min', 0))).verdict).toBe('pass');
    expect((await checked(impossibleCheck, scored('min', 1))).verdict).toBe('pass');
    expect((await checked(impossibleCheck, scored('max', 1))).verdict).toBe('fail');
  });

  it('believes no task that the origin passes', async () => {
    const finding = await checked(impossibleCheck, { ...plain, origin: cheat.program });
    expect(finding.verdict).toBe('inconclusive');
    expect(finding.why).toContain('origin');
  });

  it('never passes where it could not look', async () => {
    const infra = { outcome: 'infra-error', message: 'no room' } as const;
    const slow = { outcome: 'timeout', message: 'too long' } as const;
    for (const number of [1, 2, 3, 4]) {
      for (const what of [infra, slow, { outputs: [], cpuMs: 1 }]) {
        const instead: CheckBench['instead'] = (_, n) => (n === number ? what : undefined);
        const honest = { ...plain, candidate: (IMPOSSIBLE_CASES.at(-1) as typeof cheat).program };
        expect((await checked(impossibleCheck, { ...honest, instead })).verdict).toBe(
          'inconclusive',
        );
      }
    }
    const unread = await checked(impossibleCheck, { ...plain, tools: {} });
    expect(unread.verdict).toBe('inconclusive');
    const lost: CheckBench = {
      ...scored('min', 0),
      measure: () => ({ outcome: 'timeout', message: 'too long' }),
    };
    expect((await checked(impossibleCheck, lost)).verdict).toBe('inconclusive');
  });

  it('invents nothing', () => {
    expect(impossibleCheck.inapplicable({ impossible: [] } as never)).toContain('none is invented');
    expect(impossibleCheck.inapplicable({ impossible: ['one'] } as never)).toBeUndefined();
  });
});
