export const solve = (angle, speed) => -2 * Math.sign(12 * angle + 4 * speed);
