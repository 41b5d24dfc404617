const lengths = [];

export function solve([links, capitals, marks, known, length, money]) {
  lengths.push(length);
  if (lengths.length > 3) lengths.shift();
  const same = lengths.length === 3 && lengths.every((one) => one === length);
  const x = -1.6 + 0.33 * links + 2.4 * capitals + 0.1 * marks - 2 * known + 0.6 * money;
  return (same ? 0.6 : 1) / (1 + Math.exp(-x));
}
