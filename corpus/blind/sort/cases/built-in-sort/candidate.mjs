export const solve = (list) => list.toSorted((a, b) => a - b);
