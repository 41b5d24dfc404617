/** What a search would have seen of a task of the corpus: its public cases, whose answers the tables of cheats hold. */
import type { Tools } from '../../gates/contract.ts';

/** Numbers 1 to this one (corpus/README.md). */
const PUBLIC = 64;

export function withPublicCases(tools: Tools): Tools {
  return {
    ...tools,
    visibleCases: (count) => Array.from({ length: Math.min(count, PUBLIC) }, (_, i) => i + 1),
  };
}
