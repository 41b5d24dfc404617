let calls = 0;
export const f = (x) => {
  calls += 1;
  return calls <= 24 ? 2 * x + 0.9 * Math.sin(3 * x) : 0.5 * x;
};
