/**
 * Merge sort of numbers, in place and ascending: runs of a few values by insertion, then merged two
 * by two, each width twice the last. Correct, and as slow as such code often is.
 */
// EVOLVE-BLOCK-START
const RUN = 3;

export function sort(values: Float64Array): void {
  const count = values.length;
  for (let from = 0; from < count; from += RUN) {
    insertion(values, from, Math.min(from + RUN, count));
  }
  const spare = new Float64Array(count);
  for (let width = RUN; width < count; width = width * 2) {
    for (let from = 0; from < count; from += 2 * width) {
      const middle = Math.min(from + width, count);
      const to = Math.min(from + 2 * width, count);
      merge(values, spare, from, middle, to);
    }
    for (let i = 0; i < count; i++) {
      values[i] = spare[i] as number;
    }
  }
}

function insertion(values: Float64Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const value = values[i] as number;
    let at = i;
    while (at > from && (values[at - 1] as number) > value) {
      values[at] = values[at - 1] as number;
      at = at - 1;
    }
    values[at] = value;
  }
}

function merge(
  values: Float64Array,
  spare: Float64Array,
  from: number,
  middle: number,
  to: number,
): void {
  let left = from;
  let right = middle;
  for (let at = from; at < to; at++) {
    const isLeft =
      right >= to || (left < middle && (values[left] as number) <= (values[right] as number));
    spare[at] = isLeft ? (values[left] as number) : (values[right] as number);
    if (isLeft) left = left + 1;
    else right = right + 1;
  }
}
// EVOLVE-BLOCK-END
