/**
 * The best candidate of every cell of a map whose axes measure what candidates are like, not how
 * good they are: many different good ones instead of many copies of the best (Mouret & Clune,
 * "Illuminating search spaces by mapping elites", arXiv 1504.04909).
 *
 * The measures come from the task and are recorded with the trial; this file knows none of them.
 */
import type { Archive, ArchiveView, Elite } from './contract.ts';
import { leading, measuredAgain, ranksOf } from './elites/rank.ts';

export interface MapAxis {
  /** Lower end of the first bin and upper end of the last; what lies beyond falls into these. */
  readonly min: number;
  readonly max: number;
  /** At least 1. */
  readonly bins: number;
}

interface Filled {
  /** Number of the cell, the first axis slowest. */
  readonly cell: number;
  readonly elite: Elite;
}

export interface MapState {
  /** By cell number. Replaced, never written to: views keep what they saw. */
  filled: readonly Filled[];
}

export function mapElitesArchive(axes: readonly MapAxis[]): Archive<MapState> {
  const rival = (state: MapState, cell: number): Elite | undefined =>
    state.filled.find((one) => one.cell === cell)?.elite;
  return {
    name: 'map-elites',
    init: () => ({ filled: [] }),
    admits(state, elite) {
      const cell = cellOf(axes, elite);
      if (cell === undefined) return false;
      const holder = rival(state, cell);
      return holder === undefined || isBetter(state, elite, holder);
    },
    add(state, elite) {
      const cell = cellOf(axes, elite);
      if (cell === undefined) return;
      const others = state.filled.filter((one) => one.cell !== cell);
      state.filled = [...others, { cell, elite }].sort((a, b) => a.cell - b.cell);
    },
    remeasured(state, candidate, values) {
      state.filled = state.filled.map(({ cell, elite }) => ({
        cell,
        elite: elite.id === candidate ? measuredAgain(elite, values) : elite,
      }));
    },
    doubtful: ({ filled }, _trial, enough) => leading(elitesOf(filled), ({ n }) => n < enough),
    find: ({ filled }, candidate) => filled.find(({ elite }) => elite.id === candidate)?.elite,
    drop(state, candidate) {
      state.filled = state.filled.filter(({ elite }) => elite.id !== candidate);
    },
    view: ({ filled }) => viewOf(filled),
  };
}

/** Undefined where a measure is unknown: such a candidate has no place on the map. */
function cellOf(axes: readonly MapAxis[], { measures = [] }: Elite): number | undefined {
  let cell = 0;
  for (const [i, { min, max, bins }] of axes.entries()) {
    const measure = measures[i] ?? Number.NaN;
    if (Number.isNaN(measure)) return undefined;
    const bin = Math.floor(((measure - min) / (max - min)) * bins);
    cell = cell * bins + Math.max(0, Math.min(bins - 1, bin));
  }
  return cell;
}

/** Equal ranks: the smaller one, so that cells do not fill with bloat. All of the map say what is luck. */
function isBetter({ filled }: MapState, newcomer: Elite, holder: Elite): boolean {
  const elites = elitesOf(filled);
  const ranks = ranksOf([...elites, newcomer]);
  const [ours = 0, theirs = 0] = [ranks.at(-1), ranks[elites.indexOf(holder)]];
  return ours > theirs || (ours === theirs && newcomer.size < holder.size);
}

function elitesOf(filled: readonly Filled[]): readonly Elite[] {
  return filled.map(({ elite }) => elite);
}

function viewOf(filled: readonly Filled[]): ArchiveView {
  const elites = elitesOf(filled);
  return {
    size: elites.length,
    best: () => leading(elites),
    pick: (rng) => (elites.length === 0 ? undefined : elites[rng.int(elites.length)]),
  };
}
