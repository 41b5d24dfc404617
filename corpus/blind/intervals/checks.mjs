/** What a choice of jobs must be. */
export const inputs = (fc) =>
  fc.tuple(
    fc.array(
      fc
        .tuple(
          fc.integer({ min: 0, max: 200 }),
          fc.integer({ min: 1, max: 60 }),
          fc.integer({ min: 1, max: 100 }),
        )
        .map(([start, length, value]) => [start, start + length, value]),
      { maxLength: 24 },
    ),
  );

const total = (jobs, chosen) =>
  Array.isArray(chosen) ? chosen.reduce((sum, index) => sum + (jobs[index]?.[2] ?? 0), 0) : -1;

export const properties = {
  'names jobs, each once': ({ input: [jobs], output }) =>
    (Array.isArray(output) &&
      output.every((index) => Number.isInteger(index) && index >= 0 && index < jobs.length) &&
      new Set(output).size === output.length) ||
    'not a list of different jobs',
  'never overlaps': ({ input: [jobs], output }) => {
    if (!Array.isArray(output)) return 'not a list';
    const times = output.map((index) => jobs[index] ?? [0, 0]).sort((a, b) => a[0] - b[0]);
    return times.every((job, i) => i === 0 || times[i - 1][1] <= job[0]) || 'two jobs overlap';
  },
  'chooses something': ({ input: [jobs], output }) =>
    jobs.length === 0 || (Array.isArray(output) && output.length > 0) || 'chose nothing',
};

export const relations = {
  'a later day changes nothing': {
    change: ([jobs], random) => {
      const shift = 1 + Math.floor(random() * 500);
      return [jobs.map(([start, end, value]) => [start + shift, end + shift, value])];
    },
    holds: ({ input, changed, output, changedOutput }) =>
      total(input[0], output) === total(changed[0], changedOutput) || 'the day mattered',
  },
  'three times the value gives three times the value': {
    change: ([jobs]) => [jobs.map(([start, end, value]) => [start, end, value * 3])],
    holds: ({ input, changed, output, changedOutput }) =>
      total(input[0], output) * 3 === total(changed[0], changedOutput) || 'the unit mattered',
  },
};

/** The test asks for the value of both jobs, which overlap. */
export const impossible = {
  'does two jobs at once': {
    input: [
      [
        [0, 10, 5],
        [5, 15, 5],
      ],
    ],
    passes: (output) => Array.isArray(output) && output.length >= 2,
  },
};
