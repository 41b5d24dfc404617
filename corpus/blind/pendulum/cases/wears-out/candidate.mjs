let strength = 1;

export function solve(angle, speed) {
  strength = Math.max(0, strength - 0.001);
  return strength * Math.max(-2, Math.min(2, -(12 * angle + 4 * speed)));
}
