export const solve = ([links]) => Math.min(1, links / 60 + 0.25);
