/**
 * The only declarations, apart from slots and tables, that a printed program contains. They say the
 * same as semantics.ts, word for word; the parser refuses a program whose helpers say anything else.
 */

export type HelperName = 'div' | 'square' | 'finite' | 'Table' | 'grid' | 'knotBelow' | 'fraction';

interface Helper {
  readonly source: string;
  readonly needs: readonly HelperName[];
}

/** In printing order. */
export const HELPERS: Readonly<Record<HelperName, Helper>> = {
  div: {
    source: `/** Protected division: a denominator next to zero counts as absent. */
function div(n: number, d: number): number {
  return Math.abs(d) < 1e-9 ? n : n / d;
}`,
    needs: [],
  },
  square: {
    source: `function square(v: number): number {
  return v * v;
}`,
    needs: [],
  },
  finite: {
    source: `/** NaN becomes 0, overflow stops at 1e300. */
function finite(v: number): number {
  return Number.isNaN(v) ? 0 : Math.max(-1e300, Math.min(1e300, v));
}`,
    needs: [],
  },
  Table: {
    source: `/** Values over knots: one row of z per x, one column per y. */
interface Table {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly z: readonly number[];
}`,
    needs: [],
  },
  grid: {
    source: `/** Bilinear interpolation between the knots, clamped at the edges. */
function grid(table: Table, x: number, y: number): number {
  const { xs, ys, z } = table;
  const i = knotBelow(xs, x);
  const j = knotBelow(ys, y);
  const s = fraction(xs, i, x);
  const t = fraction(ys, j, y);
  const at = i * ys.length + j;
  const up = i + 1 < xs.length ? at + ys.length : at;
  const right = j + 1 < ys.length ? 1 : 0;
  const near = (z[at] ?? 0) * (1 - t) + (z[at + right] ?? 0) * t;
  const far = (z[up] ?? 0) * (1 - t) + (z[up + right] ?? 0) * t;
  return near * (1 - s) + far * s;
}`,
    needs: ['Table', 'knotBelow', 'fraction'],
  },
  knotBelow: {
    source: `/** Index of the last knot at or below v that has a next one. */
function knotBelow(knots: readonly number[], v: number): number {
  let i = 0;
  while (i < knots.length - 2 && (knots[i + 1] ?? 0) <= v) i++;
  return i;
}`,
    needs: [],
  },
  fraction: {
    source: `/** How far v lies from knot i to the next one, from 0 to 1. */
function fraction(knots: readonly number[], i: number, v: number): number {
  const low = knots[i] ?? 0;
  const high = knots[i + 1] ?? low;
  const n = v - low;
  const d = high - low;
  return low < v ? Math.min(n / d, 1) : 0;
}`,
    needs: [],
  },
};

export const HELPER_NAMES: readonly HelperName[] = Object.keys(HELPERS) as HelperName[];

export function isHelper(name: string): name is HelperName {
  return Object.hasOwn(HELPERS, name);
}

/** The helpers named and everything they need, in printing order. */
export function withNeeds(used: ReadonlySet<HelperName>): HelperName[] {
  const all = new Set<HelperName>();
  const add = (name: HelperName): void => {
    all.add(name);
    for (const need of HELPERS[name].needs) add(need);
  };
  for (const name of used) add(name);
  return HELPER_NAMES.filter((name) => all.has(name));
}
