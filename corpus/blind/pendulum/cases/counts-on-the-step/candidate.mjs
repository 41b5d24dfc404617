const STEP = 0.05;

export function solve(angle, speed) {
  return -9.8 * Math.sin(angle) - (speed + 2 * angle) / STEP;
}
