/** Insertion sort. */
export function solve(list) {
  const sorted = [...list];
  for (let i = 1; i < sorted.length; i += 1) {
    const item = sorted[i];
    let j = i - 1;
    while (j >= 0 && sorted[j] > item) {
      sorted[j + 1] = sorted[j];
      j -= 1;
    }
    sorted[j + 1] = item;
  }
  return sorted;
}
