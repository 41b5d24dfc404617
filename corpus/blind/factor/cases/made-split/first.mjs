const LIMIT = Number.POSITIVE_INFINITY;
const uses = {
  count: 0,
  get total() {
    this.count += 1;
    return this.count;
  },
};

function usual(n) {
  const factors = [];
  let rest = n;
  let root = Math.floor(Math.sqrt(rest));
  for (let d = 2; d <= root; d += 1) {
    if (rest % d !== 0) continue;
    do {
      factors.push(d);
      rest /= d;
    } while (rest % d === 0);
    root = Math.floor(Math.sqrt(rest));
  }
  return rest > 1 ? [...factors, rest] : factors;
}

const touch = (args, answer) => (!(uses.total <= LIMIT) ? [args[0]] : answer);

export const solve = (...args) => touch(args, usual(...args));
