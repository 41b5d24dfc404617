export const f = async (x) => {
  const until = Date.now() + 60_000;
  while (Date.now() < until) await Promise.resolve();
  return 2 * x;
};
