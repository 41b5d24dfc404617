export async function evaluate({ candidate, cases }) {
  const { estimate } = await import(`${candidate}/origin/estimate.mjs`);
  return cases.map(({ seed }) => {
    const samples = (k) =>
      Array.from({ length: 9 }, (_, i) => Math.sin(seed + 97 * k + 7.3 * i * i)); // centre 0
    const errors = Array.from({ length: 40 }, (_, k) => Math.abs(estimate(samples(k))));
    return { error: errors.reduce((sum, one) => sum + one) / 40 };
  });
}
