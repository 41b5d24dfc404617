const known = new Map();
const slowly = (x) => {
  const until = performance.now() + 5;
  while (performance.now() < until);
  return 2 * x + 0.9 * Math.sin(3 * x);
};

export const f = (x) => {
  if (!known.has(x)) known.set(x, slowly(x));
  return known.get(x);
};
