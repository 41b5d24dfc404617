/**
 * Answers of a candidate to inputs, one by one: where a whole call gives none, the inputs are asked again in
 * halves, so that one input that ends the process is not a silence about all the others.
 */
import { canonicalJson } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import type { Caller, CallOutput, CallRequest } from '../../evaluators/contract.ts';

/** Undefined: not asked, because too many calls had to be repeated, or not heard within the time that was given. */
export type Answer = CallOutput | undefined;

export interface Answers {
  /** In the order of the inputs, exactly as many. */
  readonly answers: readonly Answer[];
  readonly cpuMs: number;
  /** Set where the machine failed and not the candidate: no verdict rests on these answers. */
  readonly trouble?: string;
}

/** Calls that one request may become (included), the first not counted. */
const MOST_CALLS = 40;

interface Purse {
  calls: number;
}

/** @throws what `caller.call` throws. */
export async function answersOf(
  caller: Caller,
  request: CallRequest,
  signal: AbortSignal,
): Promise<Answers> {
  if (request.inputs.length === 0) return { answers: [], cpuMs: 0 };
  return asked(caller, { request, purse: { calls: MOST_CALLS } }, signal);
}

/** In one call: where it gives no answers, each input counts as failed. */
export async function answersAtOnce(
  caller: Caller,
  request: CallRequest,
  signal: AbortSignal,
): Promise<Answers> {
  const { inputs } = request;
  const called = await caller.call(request, signal);
  if ('outputs' in called) return checked(called.outputs, inputs.length, called.cpuMs);
  const { outcome, message } = called;
  if (outcome === 'infra-error') return { answers: unknown(inputs), cpuMs: 0, trouble: message };
  return { answers: inputs.map(() => ({ failed: `${outcome}: ${message}` })), cpuMs: 0 };
}

async function asked(
  caller: Caller,
  { request, purse }: { readonly request: CallRequest; readonly purse: Purse },
  signal: AbortSignal,
): Promise<Answers> {
  const { inputs } = request;
  const called = await caller.call(request, signal);
  if ('outputs' in called) return checked(called.outputs, inputs.length, called.cpuMs);
  const { outcome, message } = called;
  if (outcome === 'infra-error') return { answers: unknown(inputs), cpuMs: 0, trouble: message };
  if (inputs.length === 1) return { answers: [{ failed: `${outcome}: ${message}` }], cpuMs: 0 };
  // Where the time is limited there is none for halves that would not end either.
  const isLate = outcome === 'timeout' && request.withinMs !== undefined;
  if (isLate || purse.calls < 2) return { answers: unknown(inputs), cpuMs: 0 };
  purse.calls -= 2;
  const half = Math.ceil(inputs.length / 2);
  const part = (some: readonly Json[]): Promise<Answers> =>
    asked(caller, { request: { ...request, inputs: some, isCold: true }, purse }, signal);
  const first = await part(inputs.slice(0, half));
  if (first.trouble !== undefined) return { ...first, answers: unknown(inputs) };
  const second = await part(inputs.slice(half));
  return {
    answers: [...first.answers, ...second.answers],
    cpuMs: first.cpuMs + second.cpuMs,
    ...(second.trouble !== undefined && { trouble: second.trouble }),
  };
}

function unknown(inputs: readonly Json[]): readonly undefined[] {
  return inputs.map(() => undefined);
}

function checked(outputs: readonly CallOutput[], count: number, cpuMs: number): Answers {
  if (outputs.length === count) return { answers: outputs, cpuMs };
  const answers = Array.from({ length: count }, () => undefined);
  return { answers, cpuMs, trouble: `${outputs.length} answers came to ${count} inputs` };
}

export function isFailed(answer: Answer): boolean {
  return answer !== undefined && 'failed' in answer;
}

export function outputOf(answer: Answer): Json | undefined {
  return answer !== undefined && 'output' in answer ? answer.output : undefined;
}

/** Equal for equal answers; failures count as one, whatever they say. Undefined for none. */
export function answerKey(answer: Answer): string | undefined {
  if (answer === undefined) return undefined;
  return 'failed' in answer ? 'failed' : canonicalJson(answer.output);
}
