const NODES = [
  [0, 0.5688888888888889],
  [-0.5384693101056831, 0.47862867049936647],
  [0.5384693101056831, 0.47862867049936647],
  [-0.906179845938664, 0.23692688505618908],
  [0.906179845938664, 0.23692688505618908],
];
const PANELS = 24;

export function solve(waves, a, b) {
  const half = (b - a) / PANELS / 2;
  let sum = 0;
  for (let panel = 0; panel < PANELS; panel += 1) {
    const middle = a + (2 * panel + 1) * half;
    for (const [node, weight] of NODES) {
      const x = middle + node * half;
      for (const [height, frequency, phase] of waves) sum += weight * height * Math.sin(frequency * x + phase);
    }
  }
  return sum * half;
}
