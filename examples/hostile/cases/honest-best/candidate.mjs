export const f = (x) => 2 * x + 0.9 * Math.sin(3 * x);
