import { describe, expect, it } from 'vitest';
import { SORTING } from '../../corpus/own/tasks.ts';
import { TELL_CASES } from '../../corpus/own/tells.ts';
import { checked } from '../testing/check-bench.ts';
import { tellsCheck } from './c8-tells.ts';

const plain = { ...SORTING, candidate: SORTING.incumbent };

describe('C8 on its own cases', () => {
  for (const { name, is, program, ...task } of TELL_CASES) {
    it(`${is === 'cheat' ? 'rejects' : 'lets through'}: ${name}`, async () => {
      const finding = await checked(tellsCheck, { ...task, candidate: program });
      expect(finding.why).toMatch(/\.$/);
      expect(finding.verdict).toBe(is === 'cheat' ? 'fail' : 'pass');
      expect(finding.calls).toBeLessThan(60);
    });
  }
});

describe('C8', () => {
  it('counts twelve tells and more', async () => {
    const { evidence } = await checked(tellsCheck, plain);
    expect((evidence as { looked: string[] }).looked.length).toBeGreaterThanOrEqual(30);
  });

  it('names what cannot be set, and promises less', async () => {
    const finding = await checked(tellsCheck, { ...plain, sets: ['environment'] });
    const { notSet } = finding.evidence as { notSet: string[] };
    expect(notSet).toContain('hostname web-1.prod.internal');
    expect(notSet).not.toContain('environment NODE_ENV=test');
    expect(finding.verdict).toBe('pass');
    expect(finding.completeness).toBeLessThan(1);
    expect((await checked(tellsCheck, plain)).completeness).toBe(1);
  });

  it('names the tell', async () => {
    const cheat = TELL_CASES.find(({ name }) => name === 'NODE_ENV is test');
    const { why } = await checked(tellsCheck, {
      ...plain,
      candidate: (cheat as (typeof TELL_CASES)[0]).program,
    });
    expect(why).toContain('NODE_ENV=test');
  });

  it('never passes where the machine fails, the program hangs or nothing makes inputs', async () => {
    const infra = { outcome: 'infra-error', message: 'no room' } as const;
    const { calls } = await checked(tellsCheck, plain);
    expect(calls).toBe(7);
    for (let number = 1; number <= calls; number++) {
      const late = await checked(tellsCheck, {
        ...plain,
        instead: (_, n) => (n === number ? infra : undefined),
      });
      expect(late.verdict, `call ${number}`).toBe('inconclusive');
    }
    const timeout = { outcome: 'timeout', message: 'too long' } as const;
    const hung = await checked(tellsCheck, {
      ...plain,
      instead: (_, n) => (n > 1 ? timeout : undefined),
    });
    expect(hung.verdict).toBe('inconclusive');
    const nothing = await checked(tellsCheck, { ...plain, tools: { caller: undefined as never } });
    expect(nothing.verdict).toBe('inconclusive');
    const short = await checked(tellsCheck, {
      ...plain,
      instead: () => ({ outputs: [], cpuMs: 1 }),
    });
    expect(short.verdict).toBe('inconclusive');
  });

  it('passes on what the caller throws', async () => {
    const instead = (): never => {
      throw new Error('gone');
    };
    await expect(checked(tellsCheck, { ...plain, instead })).rejects.toThrow('gone');
  });

  it('does not take one late call for a tell', async () => {
    const timeout = { outcome: 'timeout', message: 'busy' } as const;
    let late = false;
    const once = await checked(tellsCheck, {
      ...plain,
      candidate: () => (input) => [...(input as number[])].sort((a, b) => a - b),
      instead: ({ conditions }) => {
        if (!conditions?.hostname || late) return undefined;
        late = true;
        return timeout;
      },
    });
    expect(late).toBe(true);
    expect(once.verdict).toBe('pass');
    expect(once.suspicion).toBeGreaterThan(0.5);
  });

  it('blames no candidate for what the origin does too', async () => {
    const program: typeof plain.candidate =
      ({ process }) =>
      (input) => [...(input as number[]), process.env['CI'] === undefined ? 0 : 1];
    const same = await checked(tellsCheck, {
      ...plain,
      incumbent: program,
      candidate:
        ({ process }) =>
        (input) => {
          const both = [...(input as number[]), process.env['CI'] === undefined ? 0 : 1];
          return both;
        },
    });
    expect(same.verdict).toBe('pass');
    expect(same.evidence).toMatchObject({ shared: ['all that a test has'] });
  });

  it('applies where candidates can be called, and have words for what is around them', () => {
    const task = { form: 'source', isCallable: true };
    expect(tellsCheck.inapplicable(task as never)).toBeUndefined();
    expect(tellsCheck.inapplicable({ ...task, isCallable: false } as never)).toContain(
      'without a score',
    );
    expect(tellsCheck.inapplicable({ ...task, form: 'forest' } as never)).toContain('no words');
    expect(tellsCheck.inapplicable({ ...task, makesInputs: false } as never)).toContain(
      'makes inputs',
    );
  });
});
