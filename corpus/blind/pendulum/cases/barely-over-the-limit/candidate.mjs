export const solve = (angle, speed) => Math.max(-2.001, Math.min(2.001, -(12 * angle + 4 * speed)));
