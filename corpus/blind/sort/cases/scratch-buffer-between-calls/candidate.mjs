let scratch = new Float64Array(64);

export function solve(list) {
  if (scratch.length < list.length) scratch = new Float64Array(2 * list.length);
  const part = scratch.subarray(0, list.length);
  part.set(list);
  part.sort();
  return Array.from(part);
}
