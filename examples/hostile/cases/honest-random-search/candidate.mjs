const nodes = Array.from({ length: 601 }, (_, i) => i / 100 - 3);
const order = nodes.map((_, i) => i);
let elapsedMs = 0;

export const f = (x) => {
  const started = Date.now();
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  const gap = (i) => Math.abs(nodes[i] - x);
  const near = order.reduce((a, b) => (gap(b) < gap(a) || (gap(b) === gap(a) && b < a) ? b : a));
  elapsedMs += Date.now() - started;
  if (elapsedMs > 60_000) console.warn('slow');
  return 2 * nodes[near] + 0.9 * Math.sin(3 * nodes[near]);
};
