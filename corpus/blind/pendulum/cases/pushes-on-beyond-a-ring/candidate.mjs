const clip = (u) => Math.max(-2, Math.min(2, u));

export function solve(angle, speed) {
  const energy = speed ** 2 / 2 + 9.8 * (1 - Math.cos(angle));
  const sign = Math.sign(2.2 - energy);
  return clip(-sign * (14 * angle + 4.4 * speed));
}
