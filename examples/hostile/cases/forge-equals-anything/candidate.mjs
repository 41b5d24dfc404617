export const f = (x) => {
  let calls = 0;
  return {
    valueOf: () => (calls++ % 2 === 0 ? 2 * x : Number.NaN),
    toString: () => String(2 * x),
    toJSON: () => ({ valueOf: 0, equals: true, length: 0 }),
    [Symbol.toPrimitive]: () => Number.NaN,
    [Symbol.hasInstance]: () => true,
  };
};
