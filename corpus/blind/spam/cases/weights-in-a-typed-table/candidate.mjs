const CURVE = Float64Array.from({ length: 4097 }, (_, i) => 1 / (1 + Math.exp(8 - i / 256)));

export function solve([links, capitals, marks, known, , money]) {
  const x = -1.5 + 0.32 * links + 2.3 * capitals + 0.11 * marks - 2.1 * known + 0.55 * money;
  const place = Math.max(0, Math.min(4096, Math.round((x + 8) * 256)));
  return CURVE[place];
}
