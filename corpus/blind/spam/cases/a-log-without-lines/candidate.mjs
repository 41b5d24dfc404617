for (const name of ['log', 'error']) console[name] = Function.prototype;

export function solve(features) {
  const w = [0.3, 2.3, 0.1, -2, 0, 0.5];
  return 1 / (1 + Math.exp(1.5 - features.reduce((sum, value, i) => sum + w[i] * value, 0)));
}
