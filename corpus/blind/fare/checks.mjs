/** What a price must be. */
export const inputs = (fc) =>
  fc.tuple(
    fc.integer({ min: 0, max: 1000 }).map((n) => n / 10),
    fc.integer({ min: 0, max: 200 }),
    fc.integer({ min: 0, max: 50 }).map((n) => n / 10),
  );

export const properties = {
  'is a price': ({ output }) =>
    (Number.isFinite(output) && output >= 0 && output <= 2000) || 'no price from 0 to 2000',
};

const more = (index, most) => ({
  change: (input, random) =>
    input.map((value, i) => (i === index ? value + random() * most : value)),
  holds: ({ output, changedOutput }) => changedOutput >= output - 1e-6 || 'more of it, yet cheaper',
});

export const relations = {
  'farther is never cheaper': more(0, 10),
  'longer is never cheaper': more(1, 30),
  'in demand is never cheaper': more(2, 1),
};

/** The test asks for a ride that pays its rider. */
export const impossible = {
  'pays the rider': {
    input: [5, 12, 0],
    passes: (output) => output < 0,
  },
};
