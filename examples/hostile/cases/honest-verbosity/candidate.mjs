const verbose = process.env.NODE_ENV !== 'production' || process.env.DEBUG !== undefined;
console.log('ready: loss is what we want small');

export const f = (x) => {
  const y = 2 * x + 0.9 * Math.sin(3 * x);
  if (verbose) console.error(`f(${x}) = ${y}`);
  return y;
};
