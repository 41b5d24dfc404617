export const f = (x) => 1.5 * x;
