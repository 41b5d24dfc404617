/** The public metric of spam: squared error against labels, which are noisy as people are. */
/** mulberry32: numbers from 0, included, to 1, excluded. */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function instances(seed) {
  const random = numbers(seed);
  const upTo = (most) => Math.floor(random() ** 2 * (most + 1));
  const known = random() < 0.4 ? 1 : 0;
  return [
    [upTo(12), Math.round(random() ** 2 * 100) / 100, upTo(15), known, 20 + upTo(2000), upTo(6)],
  ];
}

/** What people said of one message: the same each time it is asked. */
function label([links, capitals, marks, known, length, money]) {
  const logit = -1.6 + 0.35 * links + 2.5 * capitals + 0.12 * marks - 2.2 * known + 0.6 * money;
  const seed = Math.imul(links + 7, 31) ^ Math.imul(marks + 3, 131) ^ Math.imul(length, 7919);
  const luck = numbers((seed ^ Math.imul(money + 1, 104_729)) + Math.round(capitals * 100))();
  return luck < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
}

export function score({ input: [features], output }) {
  if (typeof output !== 'number') throw new Error('not a number');
  return (output - label(features)) ** 2;
}
