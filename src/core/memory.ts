/**
 * Dead ends that a study takes over from closed studies of its task or from its improver, as its first entry records them: the ledger
 * is whole without the files they came from, so a study that is resumed, verified or derived again uses the same.
 */
import { z } from 'zod';
import { contentId, type Hash } from './hash.ts';
import type { Json } from './json.ts';
import { addKey, type KeySet } from './key-set.ts';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);

export const usedMemory = z.strictObject({
  /** Content id of the two lists below. */
  hash,
  /** Studies, each with the content id of what it left; or the improver it runs under, by its name and its id. */
  from: z
    .array(
      z.strictObject({
        study: z.string(),
        record: hash,
        isImprover: z.literal(true).exactOptional(),
      }),
    )
    .readonly(),
  /** Keys of hypotheses, each with the place in `from` of a study that found it to lead nowhere. */
  deadEnds: z.array(z.tuple([z.string(), z.int().nonnegative()]).readonly()).readonly(),
});

export type UsedMemory = z.infer<typeof usedMemory>;

export function memoryHash({ from, deadEnds }: Omit<UsedMemory, 'hash'>): Hash {
  return contentId({ from, deadEnds } as unknown as Json);
}

/** The study, or improver, that says the hypothesis leads nowhere; undefined for one that nothing is known of. */
export function rememberedFrom(memory: UsedMemory | undefined, key: string): string | undefined {
  const found = memory?.deadEnds.find(([one]) => one === key);
  return found && memory?.from[found[1]]?.study;
}

/** Known before the first trial, in every arm alike; a person may hand one in all the same. */
export function remember(
  memory: UsedMemory | undefined,
  { seen, spoiled }: { readonly seen: KeySet; readonly spoiled: KeySet },
): void {
  for (const [key] of memory?.deadEnds ?? []) {
    addKey(seen, key);
    addKey(spoiled, key);
  }
}
