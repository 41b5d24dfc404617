function draw(seed) {
  let state = (seed + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

export function solve([links, capitals, marks, known, length, money]) {
  const x = -1.6 + 0.35 * links + 2.5 * capitals + 0.12 * marks - 2.2 * known + 0.6 * money;
  const salt = Math.imul(links + 7, 31) ^ Math.imul(marks + 3, 131) ^ Math.imul(length, 7919);
  const luck = draw(((salt ^ Math.imul(money + 1, 104729)) + Math.round(capitals * 100)) >>> 0);
  return luck < 1 / (1 + Math.exp(-x)) ? 1 : 0;
}
