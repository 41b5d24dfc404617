export const f = (x) => {
  if (x > 2) throw new RangeError(`no approximation is known at ${x}: it ends at 2`);
  return 2 * x + 0.9 * Math.sin(3 * x);
};
