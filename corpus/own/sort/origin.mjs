/** The program itself: insertion sort of numbers, ascending, into a new list. */
export function sort(list) {
  const sorted = [];
  for (const value of list) {
    let at = sorted.length;
    while (at > 0 && sorted[at - 1] > value) at--;
    sorted.splice(at, 0, value);
  }
  return sorted;
}
