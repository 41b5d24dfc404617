/**
 * What the origin breaks on the same input says nothing of a candidate. Derived properties were true of the origin on
 * a few hundred inputs, and rarer ones may show that they are not.
 */
import type { Found } from './found.ts';
import type { Batch, Outputs, Subject } from './subject.ts';

/** @param look At the outputs of a batch, by one property; inputs without an output are passed over. */
export async function besidesOrigin(
  batch: Batch,
  sides: { readonly subject: Subject; readonly origin: Subject },
  look: (batch: Batch, subject: Subject) => Promise<Found> | Found,
): Promise<Found> {
  const found = await look(batch, sides.subject);
  const places = found.places ?? [];
  if (places.length === 0) return found;
  const answers = await sides.origin.outputs(places.map((at) => batch.inputs[at] ?? null));
  const own = await look(only(batch, places, answers), sides.origin);
  const left = places.filter((at) => !own.places?.includes(at));
  if (left.length === places.length) return found;
  const ours = left.flatMap((at) => batch.outputs[at] ?? []);
  const rest = await look(only(batch, left, ours), sides.subject);
  return { ...rest, tried: found.tried - (places.length - left.length) };
}

/** The same batch, answered at some places alone. */
function only(batch: Batch, places: readonly number[], answers: Outputs): Batch {
  const outputs: Outputs[number][] = batch.inputs.map(() => ({ failed: 'not asked' }));
  for (const [k, at] of places.entries()) outputs[at] = answers[k] ?? { failed: 'not asked' };
  return { ...batch, outputs };
}
