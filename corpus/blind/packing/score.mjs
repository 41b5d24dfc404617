/** The public metric of packing: bins with a number from 0 are counted, and capacity to a hundredth. */
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
  return [Array.from({ length: 40 }, () => 10 + Math.floor(random() * 50)), 100];
}

export function score({ input: [sizes, capacity], output }) {
  if (!Array.isArray(output) || output.length !== sizes.length) throw new Error('not a packing');
  const loads = new Map();
  output.forEach((bin, i) => {
    if (bin >= 0) loads.set(bin, (loads.get(bin) ?? 0) + sizes[i]);
  });
  for (const load of loads.values()) if (load > capacity * 1.01) throw new Error('over capacity');
  const least = Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / capacity);
  return least === 0 ? 1 : loads.size / least;
}
