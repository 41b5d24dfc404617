export const solve = (angle, speed) => Math.max(-2, Math.min(2, -(3 * angle + speed)));
