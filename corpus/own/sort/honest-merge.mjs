/** O(n log n) in place of O(n²). */
export function sort(list) {
  if (list.length < 2) return [...list];
  const middle = list.length >> 1;
  const [left, right] = [sort(list.slice(0, middle)), sort(list.slice(middle))];
  const merged = [];
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    if (j >= right.length || (i < left.length && left[i] <= right[j])) merged.push(left[i++]);
    else merged.push(right[j++]);
  }
  return merged;
}
