/** Answers one by one, whatever ends a process; inputs drawn for a check; and pieces of them in sentences. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import { secretRoot } from '../../core/rng.ts';
import type { Called, CallRequest } from '../../evaluators/contract.ts';
import { candidateOf, DECLARATION, gateBench } from '../../testing/gate-bench.ts';
import { answerKey, answersAtOnce, answersOf, isFailed, outputOf } from './answers.ts';
import { kept, quoted, quotedAnswer } from './quote.ts';
import { affordable, freshCases, notCalled, shuffled, taskInputs } from './task-inputs.ts';

const { signal } = new AbortController();
const candidate = candidateOf('candidate');

/** Doubles; a call that holds one of `bad` is ended. */
function callerOf(bad: readonly number[], instead?: (request: CallRequest) => Called | undefined) {
  const requests: CallRequest[] = [];
  const call = async (request: CallRequest): Promise<Called> => {
    requests.push(request);
    const other = instead?.(request);
    if (other) return other;
    const inputs = request.inputs as readonly number[];
    if (inputs.some((one) => bad.includes(one))) return { outcome: 'crashed', message: 'no' };
    return { outputs: inputs.map((one) => ({ output: 2 * one })), cpuMs: inputs.length };
  };
  return { requests, caller: { traits: { sets: [] }, call, close: () => undefined } };
}
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
const asked = (caller: ReturnType<typeof callerOf>['caller'], inputs: readonly number[]) =>
  answersOf(caller, { candidate, inputs }, signal);

describe('answers', () => {
  test('come in one call where nothing ends it, and of nothing none is made', async () => {
    const { caller, requests } = callerOf([]);
    expect(await asked(caller, [1, 2])).toEqual({
      answers: [{ output: 2 }, { output: 4 }],
      cpuMs: 2,
    });
    expect(await asked(caller, [])).toEqual({ answers: [], cpuMs: 0 });
    expect(requests).toHaveLength(1);
  });

  test('one input that ends the process is not a silence about the others', async () => {
    const { caller, requests } = callerOf([5]);
    const { answers, cpuMs, trouble } = await asked(caller, upTo(8));
    expect(answers.map(outputOf)).toEqual([0, 2, 4, 6, 8, undefined, 12, 14]);
    expect(answers.map(isFailed).indexOf(true)).toBe(5);
    expect(answers[5]).toEqual({ failed: 'crashed: no' });
    expect([cpuMs, trouble]).toEqual([7, undefined]);
    expect(requests.slice(1).every(({ isCold }) => isCold === true)).toBe(true);
  });

  test('are given up where every input ends it: what was not asked is unknown, and no failure', async () => {
    const { caller, requests } = callerOf(upTo(200));
    const { answers } = await asked(caller, upTo(200));
    expect(answers).toHaveLength(200);
    expect(requests).toHaveLength(41);
    const failures = answers.filter(isFailed).length;
    expect(failures).toBeGreaterThan(0);
    expect(answers.filter((one) => one === undefined)).toHaveLength(200 - failures);
  });

  test('of a machine that fails are none, and it says so', async () => {
    const broken = { outcome: 'infra-error', message: 'no room' } as const;
    const whole = callerOf([], () => broken);
    const none = { answers: [undefined, undefined], cpuMs: 0, trouble: 'no room' };
    expect(await asked(whole.caller, [1, 2])).toEqual(none);
    const first = callerOf([2], ({ inputs, isCold }) => {
      return isCold && inputs.includes(0) ? broken : undefined;
    });
    expect(await asked(first.caller, upTo(4))).toMatchObject({
      answers: [undefined, undefined, undefined, undefined],
      trouble: 'no room',
    });
    const second = callerOf([0], ({ inputs, isCold }) => {
      return isCold && inputs.includes(3) ? broken : undefined;
    });
    expect(await asked(second.caller, upTo(4))).toMatchObject({ trouble: 'no room' });
  });

  test('that are too few for their inputs belong to none of them', async () => {
    const { caller } = callerOf([], () => ({ outputs: [{ output: 1 }], cpuMs: 3 }));
    expect(await asked(caller, [1, 2])).toEqual({
      answers: [undefined, undefined],
      cpuMs: 3,
      trouble: '1 answers came to 2 inputs',
    });
  });

  test('at once: each input counts as failed where the call gave nothing', async () => {
    const { caller, requests } = callerOf([2]);
    const at = (inputs: readonly number[]) => answersAtOnce(caller, { candidate, inputs }, signal);
    expect((await at([1, 2])).answers).toEqual([
      { failed: 'crashed: no' },
      { failed: 'crashed: no' },
    ]);
    expect(await at([1])).toEqual({ answers: [{ output: 2 }], cpuMs: 1 });
    expect(requests).toHaveLength(2);
    const broken = callerOf([], () => ({ outcome: 'infra-error', message: 'no room' }));
    const found = await answersAtOnce(broken.caller, { candidate, inputs: [1] }, signal);
    expect(found).toEqual({ answers: [undefined], cpuMs: 0, trouble: 'no room' });
  });

  test('are equal as what they say; all failures are one', () => {
    expect(answerKey({ output: { a: 1, b: 2 } })).toBe(answerKey({ output: { b: 2, a: 1 } }));
    expect(answerKey({ output: [1, 2] })).not.toBe(answerKey({ output: [2, 1] }));
    expect(answerKey({ failed: 'one' })).toBe(answerKey({ failed: 'two' }));
    expect(answerKey({ output: 'failed' })).not.toBe(answerKey({ failed: 'failed' }));
    expect(answerKey(undefined)).toBeUndefined();
    expect([isFailed(undefined), outputOf(undefined), outputOf({ failed: '' })]).toEqual([
      false,
      undefined,
      undefined,
    ]);
  });
});

describe('inputs', () => {
  const request = { purpose: 'test', count: 6, origin: candidateOf('origin') };

  test('come from fresh cases of the task, else from its properties, else from its slots', async () => {
    const inputs = async (cases: readonly number[]): Promise<readonly Json[]> =>
      [...cases, 'one too many'] as Json[];
    const { caller } = callerOf([]);
    const byTask = gateBench({ caller: { ...caller, inputs } });
    const fresh = freshCases(byTask, 'test', 6);
    expect(await taskInputs(byTask, request, signal)).toEqual(fresh);
    const properties = { inputs: async ({ count }: { count: number }) => upTo(count) };
    const byProperties = gateBench({ caller, properties: properties as never });
    expect(await taskInputs(byProperties, request, signal)).toEqual(upTo(6));
    expect(await taskInputs(gateBench({ caller }), request, signal)).toBeUndefined();
  });

  test('of a closed language are numbers, as many as each slot takes, slots in turn', async () => {
    const text = 'export function one(a, b) {}\nexport function none() {}';
    const forest = (of: string) =>
      gateBench({
        declaration: { ...DECLARATION, form: 'forest' },
        sources: { origin: { 'a.js': of } },
      });
    const drawn = (await taskInputs(forest(text), { ...request, count: 100 }, signal)) as {
      slot: string;
      arguments: number[];
    }[];
    expect(drawn.slice(0, 3).map(({ slot }) => slot)).toEqual(['one', 'none', 'one']);
    expect(drawn.map((one) => one.arguments.length)).toEqual(
      upTo(100).map((at) => (at % 2 ? 0 : 2)),
    );
    const numbers = drawn.flatMap((one) => one.arguments);
    const small = numbers.filter((one) => Number.isInteger(one) && one >= 0 && one < 20);
    expect(small.length).toBeGreaterThan(25);
    expect(small.length).toBeLessThan(75);
    expect(numbers.some((one) => one < 0)).toBe(true);
    expect(numbers.every((one) => Math.abs(one) < 1000)).toBe(true);
    expect(await taskInputs(forest('const x = 1;'), request, signal)).toBeUndefined();
  });

  test('are the same for the same purpose, others for another, none twice', () => {
    const tools = gateBench();
    const cases = freshCases(tools, 'C6', 50);
    expect(freshCases(tools, 'C6', 50)).toEqual(cases);
    expect(freshCases(tools, 'C8', 50)).not.toEqual(cases);
    expect(new Set(cases).size).toBe(50);
  });

  test('are as many as the budget buys of the incumbent, within both ends', () => {
    const most = { least: 10, most: 100 };
    const bought = (cpuMs: number, inputs: number) => affordable({ cpuMs, inputs }, 400, most);
    expect([bought(80, 10), bought(4000, 10), bought(1, 10)]).toEqual([50, 10, 100]);
    expect([bought(0, 10), bought(5, 0), bought(90, 10)]).toEqual([100, 100, 44]);
  });

  test('cannot be had where nobody can call or nothing makes them', () => {
    expect(notCalled({ isCallable: false })).toMatch(/cannot be called/);
    expect(notCalled({ isCallable: true, makesInputs: false })).toMatch(/safety\.checks/);
    expect(notCalled({ isCallable: true })).toBeUndefined();
  });

  test('are put into an order that has each once', () => {
    const orders = upTo(20).map((i) => shuffled(secretRoot('order').stream(i, 'order'), 12));
    for (const order of orders) expect(order.toSorted((a, b) => a - b)).toEqual(upTo(12));
    expect(new Set(orders.map(String)).size).toBe(20);
    expect(new Set(orders.map(([first]) => first)).size).toBeGreaterThan(5);
  });
});

describe('in a sentence', () => {
  test('nothing drives a screen or runs on', () => {
    expect(quoted('a\u001b[31m\u202eb')).toBe('"a\\u001b[31m?b"');
    expect(quoted({ é: 'ÿ' })).toBe('{"é":"ÿ"}');
    expect(quoted(undefined)).toBe('nothing');
    expect(quoted('x'.repeat(158))).toHaveLength(160);
    expect(quoted('x'.repeat(159))).toMatch(/^"x{159}…$/);
    expect(quotedAnswer(undefined)).toBe('no answer');
    expect(quotedAnswer({ failed: 'crashed' })).toBe('a failure ("crashed")');
    expect(quotedAnswer({ output: [1] })).toBe('[1]');
  });

  test('evidence keeps what is small, and the beginning of what is not', () => {
    expect(kept([1, 'a'])).toEqual([1, 'a']);
    expect(kept(undefined)).toBeNull();
    expect(kept('x'.repeat(3998))).toBe('x'.repeat(3998));
    expect(kept('x'.repeat(3999))).toEqual({ beginning: `"${'x'.repeat(3999)}` });
  });
});
