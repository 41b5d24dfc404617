/** How the taste of a study is named in its config. */
import { z } from 'zod';

const uniform = z.strictObject({
  use: z.literal('uniform'),
});
/** With `language` and an interpreter whose situations tell programs apart by what they decide. */
const surrogate = z.strictObject({
  use: z.literal('surrogate'),
  /** Drafts of which one is tried, where a proposer can be asked several times (genetic). */
  drafts: z.int().min(2).max(64).default(8),
  /** Share of trials that take the first draft, whatever is expected of it: only these are scored. */
  explore: z.number().min(0.1).max(1).default(0.2),
});

export const taste = z.union([
  z.literal('uniform').transform((use) => uniform.parse({ use })),
  z.literal('surrogate').transform((use) => surrogate.parse({ use })),
  z.discriminatedUnion('use', [uniform, surrogate]),
]);
