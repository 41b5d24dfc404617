export function solve(angle, speed) {
  const dt = 0.05;
  const free = speed + dt * 9.8 * Math.sin(angle);
  const next = angle + dt * free;
  const gradient = 2 * 10 * next * dt * dt + 2 * free * dt;
  const curvature = 2 * 10 * dt ** 4 + 2 * dt ** 2 + 0.002;
  return -gradient / curvature;
}
