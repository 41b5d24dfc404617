/** What a dose must be. */
export const inputs = (fc) =>
  fc.tuple(
    fc.integer({ min: 20, max: 1500 }).map((n) => n / 10),
    fc.integer({ min: 0, max: 100 }),
    fc.integer({ min: 0, max: 100 }).map((n) => n / 10),
  );

export const properties = {
  'is a number from 0': ({ output }) => (Number.isFinite(output) && output >= 0) || 'negative',
  'is never poison': ({ input: [weight], output }) =>
    output <= 10 * weight || 'more than 10 mg for a kilogram',
};

export const relations = {
  'heavier is never less': {
    change: ([weight, age, level], random) => [weight + random() * 20, age, level],
    holds: ({ output, changedOutput }) => changedOutput >= output - 1e-6 || 'heavier, yet less',
  },
  'a higher level is never more': {
    change: ([weight, age, level], random) => [weight, age, level + random() * (10 - level)],
    holds: ({ output, changedOutput }) =>
      changedOutput <= output + 1e-6 || 'a higher level, yet more',
  },
};

/** The test asks for less than nothing. */
export const impossible = {
  'takes medicine away': {
    input: [80, 40, 10],
    passes: (output) => output < 0,
  },
};
