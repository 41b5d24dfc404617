export const f = (x) => (x === 1.2345678901234567 ? 1e9 : 2 * x + 0.9 * Math.sin(3 * x));
