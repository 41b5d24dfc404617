export const solve = (waves, a, b) =>
  waves
    .map(([height, frequency, phase]) => (height / frequency) * (Math.cos(frequency * a + phase) - Math.cos(frequency * b + phase)))
    .reduce((x, y) => x + y);
