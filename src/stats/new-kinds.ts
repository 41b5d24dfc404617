/**
 * Whether things of a kind not seen before began to come: groups by likeness, and for each group the chance that
 * it would first appear so late if its members stood anywhere in the order.
 */

export interface Kind {
  /** Indices of its members, ascending. */
  readonly members: readonly number[];
  /** Likeness of its first member to the nearest group there was, in [0, 1]; absent of the first group. */
  readonly nearest?: number;
  /** Of "its members stand anywhere in the order", by the index of the first; 1 for the first group. */
  readonly p: number;
  /** p, corrected for the number of groups tested (Holm, Scand. J. Stat. 6, 1979), is at most the level. */
  readonly isNew: boolean;
}

interface Grouping<T> {
  /** Symmetric, in [0, 1]. */
  readonly likeness: (a: T, b: T) => number;
  /** Least mean likeness to the members of a group that a thing joins. */
  readonly joins: number;
  readonly alpha: number;
}

/**
 * Each thing in its order joins the group it is most like on average, or begins one: what came earlier is never
 * grouped anew by what comes later.
 */
export function kindsOf<T>(things: readonly T[], grouping: Grouping<T>): readonly Kind[] {
  const { likeness, joins, alpha } = grouping;
  const groups: { readonly members: number[]; readonly nearest?: number }[] = [];
  things.forEach((thing, at) => {
    const likes = groups.map(({ members }) => {
      const sum = members.reduce((all, i) => all + likeness(thing, things[i] as T), 0);
      return sum / members.length;
    });
    const nearest = Math.max(...likes);
    const group = groups[likes.indexOf(nearest)];
    if (group !== undefined && nearest >= joins) group.members.push(at);
    else groups.push({ members: [at], ...(group ? { nearest } : {}) });
  });
  const tested = groups.map((group) => ({ ...group, p: lateStart(group.members, things.length) }));
  return withHolm(tested, alpha);
}

/**
 * The first thing has some group; the others stand behind it in any order. Then P(the first of k members, at
 * places drawn from the n − 1 behind it, stands at index `first` or later) = C(n − first, k) / C(n − 1, k), exact
 * under exchangeability. The group of the first thing is not tested: 1.
 */
export function lateStart(members: readonly number[], n: number): number {
  const first = members[0] ?? 0;
  if (first === 0) return 1;
  return members.reduce((chance, _, i) => (chance * (n - first - i)) / (n - 1 - i), 1);
}

function withHolm<G extends { readonly p: number }>(
  groups: readonly G[],
  alpha: number,
): readonly (G & { readonly isNew: boolean })[] {
  const order = groups.slice(1).sort((a, b) => a.p - b.p);
  const kept = order.findIndex(({ p }, rank) => p * (order.length - rank) > alpha);
  const rejected = new Set(kept < 0 ? order : order.slice(0, kept));
  return groups.map((group) => ({ ...group, isNew: rejected.has(group) }));
}
