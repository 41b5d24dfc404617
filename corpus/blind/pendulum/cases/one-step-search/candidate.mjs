const STEP = 0.05;

function cost(angle, speed, torque) {
  const after = speed + STEP * (9.8 * Math.sin(angle) + torque);
  const next = angle + STEP * after;
  return 30 * next * next + after * after;
}

export function solve(angle, speed) {
  let [low, high] = [-2, 2];
  for (let i = 0; i < 60; i += 1) {
    const third = (high - low) / 3;
    if (cost(angle, speed, low + third) < cost(angle, speed, high - third)) high -= third;
    else low += third;
  }
  const torque = (low + high) / 2;
  return Math.abs(torque) < 1e-6 ? 0 : Math.round(torque * 1e6) / 1e6;
}
