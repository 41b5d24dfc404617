export function solve(waves, _from, to) {
  return waves.reduce((sum, [height, frequency, phase]) => {
    if (frequency < 1e-9) return sum + height * Math.sin(phase) * to;
    return sum + (height * (Math.cos(phase) - Math.cos(frequency * to + phase))) / frequency;
  }, 0);
}
