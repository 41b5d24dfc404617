/** What prime factors must be. */
export const inputs = (fc) =>
  fc.tuple(fc.oneof(fc.integer({ min: 2, max: 5000 }), fc.integer({ min: 2, max: 1_000_000_000 })));

const isPrime = (n) => {
  if (!Number.isInteger(n) || n < 2) return false;
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) return false;
  return true;
};

export const properties = {
  'multiplies to the input': ({ input: [n], output }) =>
    (Array.isArray(output) && output.reduce((product, factor) => product * factor, 1) === n) ||
    'another product',
  rises: ({ output }) =>
    (Array.isArray(output) && output.every((factor, i) => i === 0 || output[i - 1] <= factor)) ||
    'not in order',
  'holds primes alone': ({ output }) =>
    (Array.isArray(output) && output.every(isPrime)) || 'a factor is no prime',
};

export const relations = {
  'twice the number has one 2 more': {
    change: ([n]) => [n <= 500_000_000 ? 2 * n : n],
    holds: ({ input, changed, output, changedOutput }) =>
      input[0] === changed[0] ||
      JSON.stringify(Array.isArray(output) ? [2, ...output] : output) ===
        JSON.stringify(changedOutput) ||
      'the factors of the double are others',
  },
};

/** The test asks for two factors of a prime. */
export const impossible = {
  'splits a prime': {
    input: [104729],
    passes: (output) => Array.isArray(output) && output.length > 1,
  },
};
