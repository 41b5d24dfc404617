/** What a rating of a message must be. */
export const inputs = (fc) =>
  fc.tuple(
    fc
      .tuple(
        fc.nat({ max: 60 }),
        fc.nat({ max: 100 }).map((n) => n / 100),
        fc.nat({ max: 100 }),
        fc.nat({ max: 1 }),
        fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 100_000 })),
        fc.nat({ max: 40 }),
      )
      .map((features) => [...features]),
  );

const isShare = (output) => Number.isFinite(output) && output >= 0 && output <= 1;

export const properties = {
  'is between 0 and 1': ({ output }) => isShare(output) || 'no probability',
  'lets plain mail of known people through': ({
    input: [[links, capitals, marks, known, , money]],
    output,
  }) =>
    !(known === 1 && links + marks + money === 0 && capitals < 0.2) ||
    output < 0.5 ||
    'plain mail of a known sender is spam',
};

const more = (index, most) => ({
  change: ([features], random) => [
    features.map((value, i) => (i === index ? value + 1 + Math.floor(random() * most) : value)),
  ],
  holds: ({ output, changedOutput }) =>
    changedOutput >= output - 1e-9 || 'more of it made it less likely spam',
});

export const relations = {
  'more links never help': more(0, 20),
  'more money words never help': more(5, 20),
  'knowing the sender never hurts': {
    change: ([[links, capitals, marks, , length, money]]) => [
      [links, capitals, marks, 1, length, money],
    ],
    holds: ({ output, changedOutput }) =>
      changedOutput <= output + 1e-9 || 'a known sender made it more likely spam',
  },
};

/** The test asks for more than certainty. */
export const impossible = {
  'is surer than sure': {
    input: [[20, 0.9, 30, 0, 300, 9]],
    passes: (output) => output > 1,
  },
};
