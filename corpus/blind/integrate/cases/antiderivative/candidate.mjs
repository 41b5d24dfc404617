const upTo = ([height, frequency, phase], x) =>
  frequency === 0 ? height * Math.sin(phase) * x : (-height / frequency) * Math.cos(frequency * x + phase);

export const solve = (waves, a, b) =>
  waves.reduce((sum, wave) => sum + (upTo(wave, b) - upTo(wave, a)), 0);
