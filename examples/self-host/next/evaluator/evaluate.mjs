/** The same score from the compiled program: every promotion rests on it. */
import { points, score } from './points.mjs';

export async function evaluate({ candidate, cases }) {
  const { value } = await import(`${candidate}/value.mjs`);
  const table = Float64Array.from(points, (point) => value(...point));
  return cases.map(({ seed }) => score({ value: table }, seed));
}
