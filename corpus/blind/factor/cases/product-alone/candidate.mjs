export const solve = (n) => [n];
