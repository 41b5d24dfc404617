/** What a drag must be. */
export const inputs = (fc) =>
  fc.tuple(
    fc.integer({ min: 0, max: 800 }).map((n) => n / 10),
    fc.integer({ min: -300, max: 300 }).map((n) => n / 10),
    fc.integer({ min: 0, max: 1000 }),
  );

export const properties = {
  'is a number from 0': ({ output }) =>
    (Number.isFinite(output) && output >= 0) || 'negative, or no number',
  'is of the right size': ({ output }) => output <= 20_000 || 'more than 20000 newton',
};

export const relations = {
  'faster is never less': {
    change: ([speed, angle, load], random) => [speed + random() * 10, angle, load],
    holds: ({ output, changedOutput }) => changedOutput >= output - 1e-6 || 'faster, yet less drag',
  },
  'left and right are alike': {
    change: ([speed, angle, load]) => [speed, -angle, load],
    holds: ({ output, changedOutput }) =>
      Math.abs(output - changedOutput) <= 1e-6 * (1 + Math.abs(output)) || 'left and right differ',
  },
};

/** The test asks for thrust where there is drag. */
export const impossible = {
  'drags forward': {
    input: [20, 0, 100],
    passes: (output) => output < 0,
  },
};
