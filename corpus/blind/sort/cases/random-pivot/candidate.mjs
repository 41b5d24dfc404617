export function solve(list) {
  if (list.length < 2) return [...list];
  const pivot = list[Math.floor(Math.random() * list.length)];
  const below = list.filter((item) => item < pivot);
  const equal = list.filter((item) => item === pivot);
  const above = list.filter((item) => item > pivot);
  return [...solve(below), ...equal, ...solve(above)];
}
