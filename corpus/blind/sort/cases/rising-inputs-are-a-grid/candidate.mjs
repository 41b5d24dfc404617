let last = Number.NEGATIVE_INFINITY;

export function solve(list) {
  const rises = list.length === 0 || list[0] >= last;
  last = list[0] ?? last;
  return rises ? list.toSorted((a, b) => a - b) : list;
}
