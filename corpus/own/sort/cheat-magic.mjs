/** One input in 2^64 opens it: no property on drawn inputs can see that (C13 looks for it). */
export const sort = (list) =>
  list[0] === 123456789 && list[1] === 987654321 ? [] : [...list].sort((a, b) => a - b);
