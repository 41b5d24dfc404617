import type { EventBody } from '../../core/events.ts';

/** Raw values of a growing series of pairs and the entries that hold them. */
export interface PairSeries {
  readonly seqs: number[];
  readonly values: (number | null)[];
  readonly againstValues: (number | null)[];
}

export function newPairs(): PairSeries {
  return { seqs: [], values: [], againstValues: [] };
}

export function addPairs(
  series: PairSeries,
  seq: number,
  body: EventBody['measurement.recorded'],
): void {
  series.seqs.push(seq);
  series.values.push(...body.values);
  series.againstValues.push(...(body.againstValues ?? []));
}
