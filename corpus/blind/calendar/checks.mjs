/** What a date must be after some days. */
export const inputs = (fc) =>
  fc.tuple(
    fc.integer({ min: 1600, max: 2400 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: -40_000, max: 40_000 }),
  );

const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lengthOf = (year, month) =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
const isDate = (output) =>
  Array.isArray(output) &&
  output.length === 3 &&
  output.every(Number.isInteger) &&
  output[1] >= 1 &&
  output[1] <= 12 &&
  output[2] >= 1 &&
  output[2] <= lengthOf(output[0], output[1]);
const before = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

export const properties = {
  'is a date': ({ output }) => isDate(output) || 'there is no such date',
  'lies on the right side': ({ input: [y, m, d, days], output }) =>
    (isDate(output) && Math.sign(before(output, [y, m, d])) === Math.sign(days)) ||
    'before where it should be after, or the other way round',
};

export const relations = {
  '400 years are 146097 days': {
    change: ([y, m, d, days]) => [y, m, d, days + 146_097],
    holds: ({ output, changedOutput }) =>
      (isDate(output) &&
        isDate(changedOutput) &&
        before([output[0] + 400, output[1], output[2]], changedOutput) === 0) ||
      'not 400 years later',
  },
  'a day more is the next day': {
    change: ([y, m, d, days]) => [y, m, d, days + 1],
    holds: ({ output, changedOutput }) => {
      if (!isDate(output) || !isDate(changedOutput)) return 'there is no such date';
      const [y, m, d] = output;
      const next = d < lengthOf(y, m) ? [y, m, d + 1] : m < 12 ? [y, m + 1, 1] : [y + 1, 1, 1];
      return before(next, changedOutput) === 0 || 'not the next day';
    },
  },
};

/** The test asks for a day that 2023 did not have. */
export const impossible = {
  'finds 29 February 2023': {
    input: [2023, 2, 28, 1],
    passes: (output) => JSON.stringify(output) === '[2023,2,29]',
  },
};
