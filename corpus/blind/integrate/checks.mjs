/** What an integral must be. */
export const inputs = (fc) => {
  const tenths = (min, max) => fc.integer({ min: min * 10, max: max * 10 }).map((n) => n / 10);
  return fc.tuple(
    fc.array(
      fc.tuple(tenths(-5, 5), tenths(0, 4), tenths(-3, 3)).map((wave) => [...wave]),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    tenths(-10, 10),
    tenths(-10, 10),
  );
};

const sizeOf = (waves) => waves.reduce((sum, wave) => sum + Math.abs(wave[0]), 0);
const near = (a, b, scale) => Math.abs(a - b) <= 1e-6 * (1 + scale);

export const properties = {
  'is a number': ({ output }) => Number.isFinite(output) || 'not a number',
  'is no larger than height times width': ({ input: [waves, a, b], output }) =>
    Math.abs(output) <= sizeOf(waves) * Math.abs(b - a) * (1 + 1e-9) + 1e-9 ||
    'larger than height times width',
  'is near what it was': ({ input: [waves, a, b], output, reference }) =>
    Math.abs(output - reference) <= 0.02 * (1 + sizeOf(waves) * Math.abs(b - a)) ||
    `was ${reference}, is ${output}`,
};

export const relations = {
  'the other way round is the negative': {
    change: ([waves, a, b]) => [waves, b, a],
    holds: ({ input: [waves, a, b], output, changedOutput }) =>
      near(output, -changedOutput, sizeOf(waves) * Math.abs(b - a)) || 'not the negative',
  },
  'twice the height is twice the integral': {
    change: ([waves, a, b]) => [waves.map(([height, ...rest]) => [2 * height, ...rest]), a, b],
    holds: ({ input: [waves, a, b], output, changedOutput }) =>
      near(2 * output, changedOutput, sizeOf(waves) * Math.abs(b - a)) || 'not twice as much',
  },
};

/** The test asks for an area over no width. */
export const impossible = {
  'finds area over a point': {
    input: [[[1, 1, 0]], 2, 2],
    passes: (output) => output > 0.1,
  },
};
