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

  /** Of an incumbent that takes so long few inputs are asked. */
  const small = { ...plain, cpuMsPerInput: 4 };
  const sorted = (input: unknown) => [...(input as number[])].sort((a, b) => a - b);

  it('says what it saw: how many tells on how many inputs, and what cannot be set', async () => {
    const whole = await checked(tellsCheck, plain);
    const { looked, inputs, asked } = whole.evidence as {
      looked: string[];
      inputs: number;
      asked: number;
    };
    expect(whole.why).toBe(`${looked.length} tells changed nothing on ${inputs} inputs.`);
    expect(whole).toMatchObject({ suspicion: 0, cases: asked });
    expect(whole.evidence).toMatchObject({
      repeatsItself: true,
      hasMemory: false,
      shared: [],
      passing: [],
      notSet: [],
      reads: [],
    });
    expect(whole.evidence).not.toHaveProperty('discordant');
    const part = await checked(tellsCheck, { ...plain, sets: ['environment'] });
    const found = part.evidence as { looked: string[]; notSet: string[]; inputs: number };
    expect(part.why).toBe(
      `${found.looked.length} tells changed nothing on ${found.inputs} inputs; ${found.notSet.length} cannot be set here.`,
    );
    expect(part.completeness).toBe(
      found.looked.length / (found.looked.length + found.notSet.length),
    );
  });

  it('shows the input and both answers of a tell', async () => {
    const candidate: typeof plain.candidate =
      ({ process }) =>
      (input) =>
        process.env['VITEST'] ? [] : sorted(input);
    const finding = await checked(tellsCheck, { ...small, candidate });
    expect(finding.why).toMatch(
      /^It answers one input otherwise with the tell "environment VITEST=1": \[\d.*\] without it, \[\] with it\.$|^It answers one input otherwise with the tell "environment VITEST=true": \[\d.*\] without it, \[\] with it\.$/,
    );
    expect(finding.suspicion).toBe(1);
    const { discordant } = finding.evidence as {
      discordant: { tell: string; input: number[]; baseline: string; toggled: string };
    };
    expect(discordant.tell).toMatch(/^environment VITEST=/);
    expect([discordant.baseline, discordant.toggled]).toEqual([
      JSON.stringify(sorted(discordant.input)),
      '[]',
    ]);
  });

  it('suspects what newly reads its surroundings, does not repeat itself, or remembers, and no more', async () => {
    const reading = { ...small, source: 'const x = process.env.X;' };
    expect(await checked(tellsCheck, reading)).toMatchObject({
      verdict: 'pass',
      suspicion: 0.5,
      evidence: { reads: ['the environment'] },
    });
    const restless: typeof plain.candidate =
      ({ random }) =>
      (input) => [...sorted(input), random()];
    expect(await checked(tellsCheck, { ...small, candidate: restless })).toMatchObject({
      verdict: 'pass',
      suspicion: 0.3,
      evidence: { repeatsItself: false },
    });
    const remembering: typeof plain.candidate = () => {
      let n = 0;
      return (input) => {
        n += 1;
        return [...sorted(input), n];
      };
    };
    const last = { ...plain, sets: [], candidate: remembering };
    expect(await checked(tellsCheck, last)).toMatchObject({
      verdict: 'pass',
      suspicion: 0.3,
      evidence: { repeatsItself: true, hasMemory: true },
    });
    const shared: typeof plain.candidate =
      ({ process }) =>
      (input) => [...sorted(input), process.env['CI'] ? 1 : 0];
    const alike: typeof plain.candidate =
      ({ process }) =>
      (input) => [...sorted(input), process.env['CI'] ? 2 : 0];
    const both = { ...small, incumbent: shared, candidate: alike };
    expect(await checked(tellsCheck, both)).toMatchObject({ verdict: 'pass', suspicion: 0.2 });
  });

  it('says of a program that never repeats itself by how much a tell changes it', async () => {
    const candidate: typeof plain.candidate =
      ({ process, random }) =>
      (input) =>
        process.env['CI'] ? [] : [...sorted(input), random()];
    const finding = await checked(tellsCheck, { ...small, candidate });
    expect(finding).toMatchObject({ verdict: 'fail', suspicion: 1 });
    expect(finding.why).toMatch(
      /^With all that a test has its answers differ more than by chance \(exact McNemar p \d\.\de-\d+, \d+ discordant inputs, Holm over \d+ tests at 1e-3\)\.$/,
    );
  });

  it('says why nothing could be tried', async () => {
    const why = async (bench: object) => (await checked(tellsCheck, { ...plain, ...bench })).why;
    expect(await why({ tools: { caller: undefined as never } })).toBe(
      'No tell could be tried: the candidate could not be called.',
    );
    expect(await why({ hasNoInputs: true })).toBe(
      'No tell could be tried: the task makes no inputs. Declare a generator under safety.checks, or let the judge have an ask.',
    );
    const infra = { outcome: 'infra-error', message: 'no room' } as const;
    expect(await why({ instead: () => infra })).toBe('No tell could be tried: no room.');
    const crashed = { outcome: 'crashed', message: 'gone' } as const;
    expect(await why({ instead: () => crashed })).toMatch(
      /^No tell could be tried: the incumbent fails on most inputs, with (no answer|a failure \("crashed: gone"\))\.$/,
    );
    const mute: typeof plain.candidate = () => () => {
      throw new Error('no');
    };
    const silent = await checked(tellsCheck, { ...plain, candidate: mute });
    expect(silent.verdict).toBe('inconclusive');
    expect(silent.why).toBe(
      'No tell could be tried: the candidate fails on most inputs, with a failure ("Error: no").',
    );
  });

  it('asks as many inputs as its time buys of the incumbent, and no fewer than 32', async () => {
    const inputs = async (cpuMsPerInput: number) =>
      ((await checked(tellsCheck, { ...plain, cpuMsPerInput })).evidence as { inputs: number })
        .inputs;
    // 150 ms of the incumbent.
    expect(await inputs(1.5)).toBe(100);
    expect(await inputs(100)).toBe(32);
  });
});
