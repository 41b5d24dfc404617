/** What one improver has that another has not: abstractions, slots, lessons, and the costs that moved most. */
import { canonicalJson } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { netWords } from '../synthesis/net/stored.ts';
import type { Abstraction, Improver } from './artifact.ts';
import type { TasteNet } from './taste-model.ts';
import { type VocabularyNode, vocabularyGraph } from './vocabulary/read.ts';

export interface CostMove {
  readonly parent: string;
  readonly argument: number;
  readonly child: string;
  readonly from: number;
  readonly to: number;
}

export interface SlotMove {
  readonly slot: string;
  /** Undefined: not there. */
  readonly from?: Json;
  readonly to?: Json;
}

export interface TasteMove {
  readonly of: 'forests' | 'sources';
  readonly from?: TasteNet | undefined;
  readonly to?: TasteNet | undefined;
}

export interface ImproverDiff {
  readonly added: readonly Abstraction[];
  readonly removed: readonly Abstraction[];
  /** Macros of genetic search. */
  readonly vocabulary: {
    readonly added: readonly VocabularyNode[];
    readonly removed: readonly VocabularyNode[];
  };
  /** By how many cost units, the largest first. */
  readonly costs: readonly CostMove[];
  readonly slots: readonly SlotMove[];
  readonly prompts: readonly SlotMove[];
  readonly lessons: readonly string[];
  /** Lessons that are there no longer. */
  readonly forgotten: number;
  readonly deadEnds: { readonly added: number; readonly removed: number };
  /** By kind of candidate; absent: the net that is shipped. */
  readonly taste: readonly TasteMove[];
  /** Each in words; null: none. */
  readonly net: { readonly from: string | null; readonly to: string | null };
  /** Other than before, or there only now. */
  readonly changed: readonly ('net' | 'domain')[];
}

const same = (a: Json | undefined, b: Json | undefined): boolean =>
  (a === undefined) === (b === undefined) && canonicalJson(a ?? null) === canonicalJson(b ?? null);

type Part = Pick<Abstraction, 'name'> & { readonly body: unknown };

const missingIn = <T extends Part>(there: readonly T[], from: readonly T[]): T[] => {
  const known = new Set(there.map((one) => canonicalJson([one.name, one.body] as unknown as Json)));
  return from.filter((one) => !known.has(canonicalJson([one.name, one.body] as unknown as Json)));
};

function moved(
  from: Readonly<Record<string, Json>>,
  to: Readonly<Record<string, Json>>,
): readonly SlotMove[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return names
    .filter((slot) => !same(from[slot], to[slot]))
    .map((slot) => ({
      slot,
      ...(slot in from ? { from: from[slot] as Json } : {}),
      ...(slot in to ? { to: to[slot] as Json } : {}),
    }));
}

function costMoves(from: Improver['costs'], to: Improver['costs']): readonly CostMove[] {
  const moves: CostMove[] = [];
  for (const [parent, rows] of Object.entries(to ?? {}))
    for (const [argument, row] of rows.entries())
      for (const [child, cost] of Object.entries(row)) {
        const before = from?.[parent]?.[argument]?.[child];
        if (before !== undefined && before !== cost)
          moves.push({ parent, argument, child, from: before, to: cost });
      }
  return moves.sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
}

function tasteMoves(from: Improver['taste'], to: Improver['taste']): readonly TasteMove[] {
  const kinds = ['forests', 'sources'] as const;
  return kinds
    .map((of) => ({ of, from: from?.[of], to: to?.[of] }))
    .filter((one) => !same(one.from as Json | undefined, one.to as Json | undefined));
}

const deadEndsMissing = (there: Improver, from: Improver): number => {
  const known = new Set(there.deadEnds.map(({ key, task }) => `${task} ${key}`));
  return from.deadEnds.filter(({ key, task }) => !known.has(`${task} ${key}`)).length;
};
export const netSaid = ({ net }: Improver): string | null => (net === null ? null : netWords(net));

export function diffImprovers(from: Improver, to: Improver): ImproverDiff {
  const parts = ['net', 'domain'] as const;
  const known = { before: new Set(from.lessons), after: new Set(to.lessons) };
  const words = [vocabularyGraph(from), vocabularyGraph(to)] as const;
  return {
    added: missingIn(from.library, to.library),
    removed: missingIn(to.library, from.library),
    vocabulary: { added: missingIn(words[0], words[1]), removed: missingIn(words[1], words[0]) },
    costs: costMoves(from.costs, to.costs),
    slots: moved(from.slots, to.slots),
    prompts: moved(from.prompts, to.prompts),
    lessons: to.lessons.filter((lesson) => !known.before.has(lesson)),
    forgotten: from.lessons.filter((lesson) => !known.after.has(lesson)).length,
    deadEnds: { added: deadEndsMissing(from, to), removed: deadEndsMissing(to, from) },
    taste: tasteMoves(from.taste, to.taste),
    net: { from: netSaid(from), to: netSaid(to) },
    changed: parts.filter((part) => !same(from[part] as Json, to[part] as Json)),
  };
}
