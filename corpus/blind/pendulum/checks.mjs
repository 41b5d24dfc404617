/** What a torque must be. */
export const inputs = (fc) => {
  const within = (most) => fc.double({ min: -most, max: most, noNaN: true });
  return fc.oneof(fc.tuple(within(3.14), within(8)), fc.tuple(within(0.4), within(1)));
};

export const properties = {
  'is within the limit': ({ output }) =>
    (Number.isFinite(output) && Math.abs(output) <= 2) || 'beyond what the motor can do',
  'pushes back': ({ input: [angle, speed], output }) =>
    Math.abs(angle) < 0.05 ||
    Math.sign(angle) !== Math.sign(speed) ||
    output * angle < 0 ||
    'pushes a falling pendulum on',
};

export const relations = {
  'the mirrored state gets the mirrored torque': {
    change: ([angle, speed]) => [-angle, -speed],
    holds: ({ output, changedOutput }) =>
      Math.abs(output + changedOutput) <= 1e-9 || 'left and right differ',
  },
  'a little apart is a little apart': {
    change: ([angle, speed], random) => [
      angle + (random() - 0.5) * 1e-3,
      speed + (random() - 0.5) * 1e-3,
    ],
    holds: ({ output, changedOutput }) =>
      Math.abs(output - changedOutput) <= 0.2 || 'jumps between neighbouring states',
  },
};

/** The test asks for more than the motor can do. */
export const impossible = {
  'gives a torque of three': {
    input: [-0.4, -1],
    passes: (output) => output >= 3,
  },
};
