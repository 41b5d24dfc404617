/** The timed study: how far a program is from a curve on 4,096 points. An interpreter module of Paceline. */
import { columns, streamOf } from './workload.ts';

/** The rows of the bin-packing example's larger table are about as many. */
const POINTS = 4096;
const CASES = 4;

const points = columns(streamOf(1, 'points'), POINTS, 0);

export const rows = { value: points };

/** Curves to be met, one for each of a few seeds. */
const curves = Array.from({ length: CASES }, (_, k) => {
  const { x, y, z } = points.columns as Record<'x' | 'y' | 'z', Float64Array>;
  return x.map((one, i) => Math.abs(one) + (k * (y[i] as number)) / 2 - (z[i] as number));
});

export function score(tables: Readonly<Record<string, Float64Array>>, seed: number) {
  const value = tables.value as Float64Array;
  const curve = curves[seed % CASES] as Float64Array;
  let sum = 0;
  for (let i = 0; i < POINTS; i++) sum += Math.abs((value[i] as number) - (curve[i] as number));
  return { distance: sum / POINTS };
}
