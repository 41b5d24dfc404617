/** Inputs of the task that no search has seen, drawn from the gatekeeper's secret. */
import type { Candidate } from '../../core/candidate.ts';
import type { Json } from '../../core/json.ts';
import type { Rng } from '../../core/rng.ts';
import type { Files } from '../../tasks/contract.ts';
import type { Declaration, Tools } from '../contract.ts';

/** Fresh case numbers of one check, the same for the same ticket. */
export function freshCases(tools: Tools, purpose: string, count: number): readonly number[] {
  const rng = tools.secrets.stream(0, `${purpose} cases`);
  const seen = new Set<number>();
  while (seen.size < count) seen.add(rng.u32());
  return [...seen];
}

/** Why a task's answers cannot be looked at; undefined where they can. */
export function notCalled({
  isCallable,
  makesInputs = true,
}: Pick<Declaration, 'isCallable' | 'makesInputs'>): string | undefined {
  if (!isCallable)
    return 'candidates cannot be called without a score, so no answer can be looked at';
  return makesInputs ? undefined : 'nothing makes inputs to call candidates on (safety.checks)';
}

interface InputsRequest {
  readonly purpose: string;
  readonly count: number;
  readonly origin: Candidate;
}

/** At most `count` inputs; undefined where nothing makes any. */
export async function taskInputs(
  tools: Tools,
  { purpose, count, origin }: InputsRequest,
  signal: AbortSignal,
): Promise<readonly Json[] | undefined> {
  const { caller, properties, declaration } = tools;
  if (caller?.inputs) {
    const inputs = await caller.inputs(freshCases(tools, purpose, count), signal);
    return inputs.slice(0, count);
  }
  const rng = tools.secrets.stream(0, `${purpose} generator`);
  if (properties?.inputs) return properties.inputs({ seed: rng.u32(), count }, signal);
  return declaration.form === 'forest' ? forestInputs(tools.files(origin), count, rng) : undefined;
}

const SLOT = /export function (\w+)\(([^)]*)\)/g;

/** Numbers for the slots of a closed language: small whole ones, and of any size and sign. */
function forestInputs(files: Files, count: number, rng: Rng): readonly Json[] | undefined {
  const slots = [...Object.values(files).join('\n').matchAll(SLOT)].map(
    ([, slot = '', inputs = '']) => ({
      slot,
      arity: inputs.split(',').filter((one) => one.trim() !== '').length,
    }),
  );
  if (slots.length === 0) return undefined;
  return Array.from({ length: count }, (_, at) => {
    const { slot, arity } = slots[at % slots.length] as (typeof slots)[0];
    return { slot, arguments: Array.from({ length: arity }, () => drawn(rng)) };
  });
}

const DECADES = 4;

function drawn(rng: Rng): number {
  if (rng.int(2) === 0) return rng.int(20);
  return rng.normal() * 10 ** ((rng.float() - 0.5) * DECADES);
}

/** Numbers 0 to n − 1 in an order that nobody outside can compute. */
export function shuffled(rng: Rng, n: number): readonly number[] {
  const order = Array.from({ length: n }, (_, at) => at);
  for (let at = n - 1; at > 0; at--) {
    const other = rng.int(at + 1);
    [order[at], order[other]] = [order[other] as number, order[at] as number];
  }
  return order;
}

/**
 * How many inputs `budgetMs` of CPU buys, measured on the incumbent: a candidate that makes itself slow must
 * not be looked at less.
 */
export function affordable(
  cost: { readonly cpuMs: number; readonly inputs: number },
  budgetMs: number,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const each = cost.inputs === 0 ? 0 : cost.cpuMs / cost.inputs;
  const count = each <= 0 ? most : Math.floor(budgetMs / each);
  return Math.min(most, Math.max(least, count));
}
