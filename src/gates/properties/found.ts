/** What one batch shows of one derived property: how many inputs it speaks of, and how many break it. */
import type { Json } from '../../core/json.ts';
import type { Invariant } from './invariants.ts';
import { isNear } from './shape.ts';
import type { Batch, First, Outputs, Subject, Tally } from './subject.ts';

export type Found = Omit<Tally, 'name'>;
export const NOTHING: Found = { tried: 0, failed: 0 };

/** Cold answers are dear: as many inputs of a batch are answered twice. */
const TWICE = 600;

export function tallied(
  { inputs, outputs }: Batch,
  fault: (output: Json) => string | undefined,
): Found {
  let tried = 0;
  const places: number[] = [];
  let first: First | undefined;
  for (const [i, one] of outputs.entries()) {
    if (!('output' in one)) continue;
    tried++;
    const why = fault(one.output);
    if (why === undefined) continue;
    places.push(i);
    first ??= { input: inputs[i] as Json, why };
  }
  return { tried, failed: places.length, first, places };
}

export function invariantFound({ holds, says }: Invariant, { inputs, outputs }: Batch): Found {
  let tried = 0;
  const places: number[] = [];
  let first: First | undefined;
  for (const [i, one] of outputs.entries()) {
    const input = inputs[i] as Json;
    const isKept = 'output' in one ? holds(input, one.output) : undefined;
    if (isKept === undefined) continue;
    tried++;
    if (isKept) continue;
    places.push(i);
    first ??= { input, why: `it is not so that ${says}` };
  }
  return { tried, failed: places.length, first, places };
}

export async function backwards(inputs: readonly Json[], subject: Subject): Promise<Outputs> {
  const some = inputs.slice(0, TWICE);
  return (await subject.outputs(some.toReversed(), true)).toReversed();
}

/** `again`: of the first inputs, in a process that had answered nothing before. */
export function repeated({ inputs, outputs }: Batch, again: Outputs): Found {
  const differs = (i: number): boolean =>
    JSON.stringify(said(again[i])) !== JSON.stringify(said(outputs[i]));
  const places = again.flatMap((_, i) => (differs(i) ? [i] : []));
  const [at] = places;
  const why = 'it gave another output in another process and order';
  const first = at === undefined ? undefined : { input: inputs[at] as Json, why };
  return { tried: again.length, failed: places.length, first };
}

/** What a failure says may name what is another each time. */
function said(one: Outputs[number] | undefined): Json {
  return one === undefined || 'failed' in one ? null : [one.output];
}

/** Where the origin answers; who is silent there breaks it as well. */
export function compared({ inputs, outputs }: Batch, references: Outputs): Found {
  let [tried, failed] = [0, 0];
  let first: First | undefined;
  for (const [i, reference] of references.entries()) {
    if (!('output' in reference)) continue;
    tried++;
    const one = outputs[i];
    if (one !== undefined && 'output' in one && isNear(reference.output, one.output)) continue;
    failed++;
    first ??= { input: inputs[i] as Json, why: 'its output is not that of the origin' };
  }
  return { tried, failed, first };
}
