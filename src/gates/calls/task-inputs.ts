/** Inputs of the task that no search has seen, drawn from the gatekeeper's secret. */
import type { Json } from '../../core/json.ts';
import type { Rng } from '../../core/rng.ts';
import type { Tools } from '../contract.ts';

/** Fresh case numbers of one check, the same for the same ticket. */
export function freshCases(tools: Tools, purpose: string, count: number): readonly number[] {
  const rng = tools.secrets.stream(0, `${purpose} cases`);
  const seen = new Set<number>();
  while (seen.size < count) seen.add(rng.u32());
  return [...seen];
}

/** At most `count` inputs; undefined where nothing makes any. */
export async function taskInputs(
  tools: Tools,
  { purpose, count }: { readonly purpose: string; readonly count: number },
  signal: AbortSignal,
): Promise<readonly Json[] | undefined> {
  const { caller, properties } = tools;
  if (caller?.inputs) {
    const inputs = await caller.inputs(freshCases(tools, purpose, count), signal);
    return inputs.slice(0, count);
  }
  const seed = tools.secrets.stream(0, `${purpose} generator`).u32();
  return properties?.inputs?.({ seed, count }, signal);
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
