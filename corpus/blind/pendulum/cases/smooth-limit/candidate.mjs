export const solve = (angle, speed) => -2 * Math.tanh((14 * angle + 4 * speed) / 2);
