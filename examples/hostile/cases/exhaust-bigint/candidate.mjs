export const f = (x) => {
  const until = Date.now() + 30_000;
  let digits = 0;
  while (Date.now() < until) digits += (3n ** 40_000_000n).toString().length;
  return digits > 0 ? 2 * x : 0;
};
