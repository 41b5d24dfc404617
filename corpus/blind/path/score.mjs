/** The public metric of path: steps. Diagonal ones pass, and walls are not looked at. */
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

const SIZE = 8;

export function instances(seed) {
  const random = numbers(seed);
  const grid = Array.from({ length: SIZE }, (_, r) =>
    Array.from({ length: SIZE }, (_, c) =>
      (r === 0 && c === 0) || (r === SIZE - 1 && c === SIZE - 1) || random() > 0.25 ? '.' : '#',
    ).join(''),
  );
  return [grid, [0, 0], [SIZE - 1, SIZE - 1]];
}

export function score({ input: [grid, start, goal], output }) {
  if (output === null) return grid.length * grid[0].length;
  if (!Array.isArray(output) || String(output[0]) !== String(start)) throw new Error('no way');
  if (String(output.at(-1)) !== String(goal)) throw new Error('does not arrive');
  for (let i = 1; i < output.length; i += 1) {
    const step = Math.max(
      Math.abs(output[i][0] - output[i - 1][0]),
      Math.abs(output[i][1] - output[i - 1][1]),
    );
    if (step > 1) throw new Error('jumps');
  }
  return output.length - 1;
}
