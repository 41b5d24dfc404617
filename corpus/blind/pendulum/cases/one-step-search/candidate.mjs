const STEP = 0.05;

function cost(angle, speed, torque) {
  const after = speed + STEP * (9.8 * Math.sin(angle) + torque);
  const next = angle + STEP * after;
  return 30 * next * next + after * after;
}

export function solve(angle, speed) {
  const side = angle < 0 || (angle === 0 && speed < 0) ? -1 : 1;
  let [low, high] = [-2, 2];
  for (let i = 0; i < 60; i += 1) {
    const third = (high - low) / 3;
    const isLeft =
      cost(side * angle, side * speed, low + third) < cost(side * angle, side * speed, high - third);
    if (isLeft) high -= third;
    else low += third;
  }
  return (side * (low + high)) / 2;
}
