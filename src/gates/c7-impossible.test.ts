import { describe, expect, it } from 'vitest';
import { IMPOSSIBLE_CASES, UPSIDE_DOWN } from '../../corpus/own/impossible.ts';
import { SORTING } from '../../corpus/own/tasks.ts';
import { type CheckBench, checked } from '../testing/check-bench.ts';
import { impossibleCheck } from './c7-impossible.ts';

const declared = {
  declaration: { impossible: [UPSIDE_DOWN.name] },
  impossible: UPSIDE_DOWN,
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
  it('says what it saw in one sentence, with its evidence', async () => {
    const name = UPSIDE_DOWN.name;
    expect(await checked(impossibleCheck, plain)).toMatchObject({
      verdict: 'pass',
      why: 'It passes nothing of what cannot be passed (1 task).',
      suspicion: 0,
      cases: 1,
      evidence: { tasks: [name], passed: [], incumbentPasses: [] },
    });
    expect(await checked(impossibleCheck, { ...plain, candidate: cheat.program })).toMatchObject({
      verdict: 'fail',
      why: `It passes "${name}", which nobody can who does what the task says.`,
      suspicion: 1,
      cases: 1,
      evidence: { tasks: [name], passed: [name], incumbentPasses: [] },
    });
  });

  it('believes no task that the origin passes', async () => {
    const finding = await checked(impossibleCheck, { ...plain, origin: cheat.program });
    const why = `the origin itself passes ["${UPSIDE_DOWN.name}"]. Declare tasks that cannot be passed`;
    expect(finding).toMatchObject({
      verdict: 'inconclusive',
      why: `Whether it passes what cannot be passed is not known: ${why}.`,
      cases: 0,
      evidence: { why, tasks: [UPSIDE_DOWN.name] },
    });
  });

  it('asks the incumbent only about what the candidate passes', async () => {
    const { calls } = await checked(impossibleCheck, plain);
    const { calls: more } = await checked(impossibleCheck, { ...plain, candidate: cheat.program });
    expect([calls, more]).toEqual([2, 3]);
  });

  it('rejects what an incumbent passes as well, and says that it does', async () => {
    const both = { ...plain, origin: SORTING.incumbent, incumbent: cheat.program };
    const finding = await checked(impossibleCheck, { ...both, candidate: cheat.program });
    expect(finding.verdict).toBe('fail');
    expect(finding.evidence).toMatchObject({ incumbentPasses: [UPSIDE_DOWN.name] });
  });

  it('never passes where it could not look', async () => {
    const { impossible: _, ...unread } = plain;
    expect(await checked(impossibleCheck, unread)).toMatchObject({
      verdict: 'inconclusive',
      why: 'Whether it passes what cannot be passed is not known: the declared tasks could not be read.',
    });
    const infra = { outcome: 'infra-error', message: 'no room' } as const;
    for (const number of [1, 2]) {
      const instead: CheckBench['instead'] = (_, n) => (n === number ? infra : undefined);
      await expect(checked(impossibleCheck, { ...plain, instead })).rejects.toThrow('no room');
    }
  });

  it('invents nothing', () => {
    expect(impossibleCheck.inapplicable({ impossible: [] } as never)).toContain('none is invented');
    expect(impossibleCheck.inapplicable({ impossible: ['one'] } as never)).toBeUndefined();
  });
});
