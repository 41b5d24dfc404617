/** Runs a candidate on the numbers it is given. */
export async function solve({ candidate, input }) {
  const { f } = await import(`${candidate}/candidate.mjs`);
  const values = [];
  for (const x of input) values.push(await f(x));
  return values;
}
