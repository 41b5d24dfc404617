export function solve(list) {
  let top = Number.NEGATIVE_INFINITY;
  return list.map((item) => {
    top = Math.max(top, item);
    return top;
  });
}
