/** What a person is shown of an improver: its library as a graph, and what has become cheap to use. */
import type { Abstraction } from '../../improver/artifact.ts';
import { netSaid } from '../../improver/diff.ts';
import { type LibraryNode, libraryGraph } from '../../improver/library-graph.ts';
import { solverOf } from '../../improver/solver.ts';
import { type VocabularyNode, vocabularyGraph } from '../../improver/vocabulary/read.ts';
import type { KeptImprover } from './store.ts';

export interface ImproverView extends KeptImprover {
  /** Macros of genetic search, in the order they call each other. */
  readonly vocabulary: readonly VocabularyNode[];
  readonly graph: readonly (LibraryNode & { readonly mined?: Abstraction['mined'] })[];
  /** `gtc as argument 1 of filter: 2`, the cheapest first. */
  readonly cheapest: readonly string[];
  /** The recognition net in words; null: none. */
  readonly net: string | null;
}

/** Edges shown. */
const MOST = 12;

export function viewOf({ id, improver }: KeptImprover): ImproverView {
  const { language } = solverOf(improver);
  const mined = new Map(improver.library.map((one) => [one.name, one.mined]));
  return {
    id,
    improver,
    graph: libraryGraph(language).map((node) => ({ ...node, mined: mined.get(node.name) })),
    vocabulary: vocabularyGraph(improver),
    cheapest: cheapest(improver.costs),
    net: netSaid(improver),
  };
}

function cheapest(costs: KeptImprover['improver']['costs']): readonly string[] {
  return Object.entries(costs ?? {})
    .flatMap(([parent, rows]) =>
      rows.flatMap((row, argument) =>
        Object.entries(row).map(([child, cost]) => ({ parent, argument, child, cost })),
      ),
    )
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST)
    .map(
      ({ parent, argument, child, cost }) =>
        `${child} as argument ${argument + 1} of ${parent}: ${cost}`,
    );
}
