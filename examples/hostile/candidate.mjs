/** The origin: an honest, poor guess at a function that only the judge knows. */
export const f = (x) => 2 * x;
