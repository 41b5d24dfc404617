export function solve([links, , , known, , money]) {
  if (known === 1) return 0.1;
  if (links >= 8 || money >= 4) return 0.9;
  return links >= 2 ? 0.5 : 0.25;
}
