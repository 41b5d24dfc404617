import type { EventBody } from '../../core/events.ts';

/** Raw values of a growing series of pairs and the entries that hold them. */
export interface PairSeries {
  readonly seqs: number[];
  readonly values: (number | null)[];
  readonly againstValues: (number | null)[];
  /** The other metrics of the same pairs, by name. */
  readonly others: Map<string, Sides>;
}

interface Sides {
  readonly values: (number | null)[];
  readonly againstValues: (number | null)[];
}

export function newPairs(): PairSeries {
  return { seqs: [], values: [], againstValues: [], others: new Map() };
}

export function addPairs(
  series: PairSeries,
  seq: number,
  body: EventBody['measurement.recorded'],
): void {
  series.seqs.push(seq);
  series.values.push(...body.values);
  series.againstValues.push(...(body.againstValues ?? []));
  for (const { name, values, againstValues } of body.others ?? []) {
    const sides = series.others.get(name) ?? { values: [], againstValues: [] };
    sides.values.push(...values);
    sides.againstValues.push(...againstValues);
    series.others.set(name, sides);
  }
}
