/** What a batch shows of a property, and of a candidate beside the origin: counts, places and first failures. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import type { Called, CallOutput, CallRequest } from '../../evaluators/contract.ts';
import { calledPrograms, type Program } from '../../testing/called-programs.ts';
import { candidateOf } from '../../testing/gate-bench.ts';
import { backwards, compared, invariantFound, repeated, tallied } from './found.ts';
import { besidesOrigin } from './of-origin.ts';
import { relate } from './related.ts';
import type { Relation } from './relations.ts';
import { type Calling, type Outputs, Subject, unanswered } from './subject.ts';

const { signal } = new AbortController();
const out = (output: Json): CallOutput => ({ output });
const SILENT: CallOutput = { failed: 'no answer' };
const batchOf = (inputs: readonly Json[], outputs: Outputs) => ({ seed: 1, inputs, outputs });

type Instead = (request: CallRequest, number: number) => Called | undefined;

function subjectOf(
  run: (input: Json) => Json,
  more: Partial<Calling> & { instead?: Instead } = {},
) {
  const { instead, ...calling } = more;
  const candidate = candidateOf('subject');
  const program: Program = () => run;
  const asked: CallRequest[] = [];
  const caller = calledPrograms({
    programs: new Map([[candidate.id, program]]),
    inputOf: () => null,
    instead: (request, number) => {
      asked.push(request);
      return instead?.(request, number);
    },
    cpuMsPerInput: 2,
  });
  return { subject: new Subject(candidate, { caller, signal, batch: 3, ...calling }), asked };
}

const double = (input: Json): Json => 2 * (input as number);
const picky = (input: Json): Json => {
  if (input === 2) throw new Error('not two');
  return input;
};

describe('of outputs alone', () => {
  test('those with a fault are counted and placed, and the first is told; silence is passed over', () => {
    const batch = batchOf([10, 11, 12, 13], [out(1), SILENT, out(-1), out(-2)]);
    const fault = (output: Json) => ((output as number) < 0 ? `it is ${output}` : undefined);
    expect(tallied(batch, fault)).toEqual({
      tried: 3,
      failed: 2,
      first: { input: 12, why: 'it is -1' },
      places: [2, 3],
    });
    expect(tallied(batch, () => undefined)).toEqual({ tried: 3, failed: 0, places: [] });
  });

  test('an invariant says nothing of some, holds of some, and is told in its own words where it does not', () => {
    const invariant = {
      name: 'small',
      says: 'the output is small',
      holds: (input: Json, output: Json) =>
        input === 0 ? undefined : (output as number) <= (input as number),
    };
    const batch = batchOf([0, 5, 6, 7, 8], [out(9), out(5), out(9), SILENT, out(9)]);
    expect(invariantFound(invariant, batch)).toEqual({
      tried: 3,
      failed: 2,
      first: { input: 6, why: 'it is not so that the output is small' },
      places: [2, 4],
    });
  });

  test('an answer that is another in another process and order is found; what a failure says may change', () => {
    const batch = batchOf([1, 2, 3], [out([1]), { failed: 'at 10:01' }, out(null)]);
    expect(repeated(batch, [out([1]), { failed: 'at 10:02' }, out(null)])).toEqual({
      tried: 3,
      failed: 0,
    });
    const why = 'it gave another output in another process and order';
    expect(repeated(batch, [out([1]), out(2), out(0)])).toEqual({
      tried: 3,
      failed: 2,
      first: { input: 2, why },
    });
    // A missing output is null to JSON, and is not the output null.
    expect(repeated(batch, [out([1]), { failed: 'x' }, SILENT])).toMatchObject({ failed: 1 });
    expect(repeated(batch, [out([1])])).toEqual({ tried: 1, failed: 0 });
  });

  test('another output than that of the origin is found, silence too, but not where the origin is silent', () => {
    const batch = batchOf([1, 2, 3, 4], [out(1), out(5), SILENT, out(9)]);
    expect(compared(batch, [out(1 + 1e-12), out(6), out(7), SILENT])).toEqual({
      tried: 3,
      failed: 2,
      first: { input: 2, why: 'its output is not that of the origin' },
    });
    expect(compared(batch, [])).toEqual({ tried: 0, failed: 0 });
  });
});

describe('a subject', () => {
  test('is asked in calls of a batch, all in one where the process has to be new, and its time is added up', async () => {
    const { subject, asked } = subjectOf(double);
    expect(await subject.outputs([1, 2, 3, 4])).toEqual([out(2), out(4), out(6), out(8)]);
    expect(asked.map(({ inputs }) => inputs)).toEqual([[1, 2, 3], [4]]);
    expect(asked.map(({ isCold, conditions }) => [isCold, conditions])).toEqual(
      Array(2).fill([false, { batch: 3 }]),
    );
    expect(subject.cpuMs).toBe(8);
    expect(await subject.outputs([1, 2, 3, 4], true)).toHaveLength(4);
    expect(asked.at(-1)).toMatchObject({ isCold: true, inputs: [1, 2, 3, 4] });
    expect([await subject.outputs([]), await subject.outputs([], true)]).toEqual([[], []]);
    expect(asked).toHaveLength(3);
  });

  test('that broke off has given no answers, in its own words; where the machine did that is said', async () => {
    const breaking = (outcome: 'crashed' | 'infra-error') =>
      subjectOf(double, { instead: () => ({ outcome, message: 'gone\n\u0007away' }) }).subject;
    await expect(breaking('crashed').outputs([1])).rejects.toThrow(
      /^It gave no answers \(crashed\): gone away$/,
    );
    await expect(breaking('infra-error').outputs([1])).rejects.toMatchObject({
      code: 'INFRASTRUCTURE',
    });
  });

  test('gets no further call when its time is over', async () => {
    let calls = 0;
    const { subject, asked } = subjectOf(double);
    const limited = subject.until(() => ++calls > 1);
    await expect(limited.outputs([1, 2, 3, 4])).rejects.toMatchObject({ message: '' });
    expect(asked).toHaveLength(1);
    expect(limited.candidate).toBe(subject.candidate);
  });

  test('that is silent where the origin answers is told of, with the input and what it said', async () => {
    const { subject: origin } = subjectOf(picky);
    const inputs = [1, 2, 3, 4];
    const silent = batchOf(inputs, [out(1), SILENT, { failed: 'three\u0007' }, SILENT]);
    expect(await unanswered(silent, origin)).toEqual({
      input: 3,
      why: 'it gave no output: three',
    });
    const alike = batchOf(inputs, [out(1), SILENT, out(3), out(4)]);
    expect(await unanswered(alike, origin)).toBeUndefined();
    const { subject: unasked, asked } = subjectOf(picky);
    expect(await unanswered(batchOf([1], [out(1)]), unasked)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test('is asked backwards, at most six hundred of the inputs, and answers in their order', async () => {
    const { subject, asked } = subjectOf(double);
    const inputs = Array.from({ length: 700 }, (_, i) => i);
    const outputs = await backwards(inputs, subject);
    expect(outputs).toHaveLength(600);
    expect([outputs[0], outputs[599]]).toEqual([out(0), out(1198)]);
    expect(asked[0]?.inputs[0]).toBe(599);
    expect(asked[0]?.isCold).toBe(true);
  });
});

describe('relations of a batch', () => {
  const plus: Relation['change'] = (input) => (input === 3 ? undefined : (input as number) + 10);
  const grows: Relation = {
    name: 'grows',
    says: 'more gives more',
    change: plus,
    holds: (before, after) => (before as number) < (after as number),
  };
  const even: Relation = { ...grows, name: 'even', says: 'it is the same', holds: Object.is };
  const inputs = [1, 2, 3, 4];
  const outputs = [out(2), SILENT, out(6), out(8)];

  test('that change an input alike ask for it once; what has no answer, or is not spoken of, is not asked', async () => {
    const { subject, asked } = subjectOf(double);
    const found = await relate([grows, even], batchOf(inputs, outputs), subject);
    expect(asked.map((one) => one.inputs)).toEqual([[11, 14]]);
    expect(found.get('grows')).toEqual({ tried: 2, failed: 0, places: [] });
    expect(found.get('even')).toEqual({
      tried: 2,
      failed: 2,
      first: { input: 1, why: 'it is not so that it is the same' },
      places: [0, 3],
    });
  });

  test('with changes of their own get each their own answers', async () => {
    const minus: Relation = {
      ...grows,
      name: 'sinks',
      change: (input) => (input as number) - 10,
      holds: (before, after) => (before as number) > (after as number),
    };
    const { subject } = subjectOf(double);
    const found = await relate([grows, minus], batchOf(inputs, outputs), subject);
    expect([...found].map(([name, { tried, failed }]) => [name, tried, failed])).toEqual([
      ['grows', 2, 0],
      ['sinks', 3, 0],
    ]);
  });

  test('are broken by silence on the changed input', async () => {
    const { subject } = subjectOf((input) => {
      if (input === 14) throw new Error('no');
      return double(input);
    });
    const found = await relate([grows], batchOf(inputs, outputs), subject);
    expect(found.get('grows')).toMatchObject({ tried: 2, failed: 1, places: [3] });
  });

  test('draw the same again for the same seed and input, and others for others', async () => {
    const drawn = async (seed: number) => {
      const draws: number[] = [];
      const change: Relation['change'] = (input, _output, random) => {
        draws.push(random().u32());
        return input;
      };
      const { subject } = subjectOf(double);
      await relate([{ ...grows, change }], { ...batchOf([1, 4], [out(2), out(8)]), seed }, subject);
      return draws;
    };
    expect(await drawn(1)).toEqual(await drawn(1));
    expect(new Set([...(await drawn(1)), ...(await drawn(2))]).size).toBe(4);
  });
});

describe('what the origin breaks too', () => {
  const negative = (output: Json) => ((output as number) < 0 ? 'below zero' : undefined);
  const sidesOf = (run: (input: Json) => Json) => {
    const { subject, asked } = subjectOf(run);
    return { sides: { subject: subjectOf(double).subject, origin: subject }, asked };
  };
  const batch = batchOf([1, 2, 3, 4], [out(-1), out(2), out(-3), out(-4)]);

  test('counts for nothing, and the rest still does', async () => {
    const { sides, asked } = sidesOf((input) => (input === 1 ? -1 : input));
    const found = await besidesOrigin(batch, sides, (of) => tallied(of, negative));
    expect(found).toEqual({
      tried: 3,
      failed: 2,
      first: { input: 3, why: 'below zero' },
      places: [2, 3],
    });
    expect(asked.flatMap(({ inputs }) => inputs)).toEqual([1, 3, 4]);
  });

  test('leaves all as it was where the origin breaks none of it, and asks nothing where nothing is broken', async () => {
    const { sides } = sidesOf((input) => input);
    const found = await besidesOrigin(batch, sides, (of) => tallied(of, negative));
    expect(found).toMatchObject({ tried: 4, failed: 3, places: [0, 2, 3] });
    const { sides: others, asked } = sidesOf((input) => input);
    const sound = await besidesOrigin(batchOf([1], [out(1)]), others, (of) =>
      tallied(of, negative),
    );
    expect(sound).toEqual({ tried: 1, failed: 0, places: [] });
    expect(asked).toEqual([]);
  });

  test('is all that there was', async () => {
    const { sides } = sidesOf((input) => -(input as number));
    const found = await besidesOrigin(batch, sides, (of) => tallied(of, negative));
    expect(found).toMatchObject({ tried: 1, failed: 0, places: [] });
  });
});
