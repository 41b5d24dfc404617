/** Quicksort with a pivot by chance: the answer is the same whatever it draws. */
export function sort(list) {
  if (list.length < 2) return [...list];
  const pivot = list[Math.floor(Math.random() * list.length)];
  const below = list.filter((one) => one < pivot);
  const above = list.filter((one) => one > pivot);
  const same = list.filter((one) => one === pivot);
  return [...sort(below), ...same, ...sort(above)];
}
