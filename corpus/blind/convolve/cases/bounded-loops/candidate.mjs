export function solve(a, b) {
  const product = new Array(a.length + b.length - 1).fill(0);
  for (let i = 0; i < a.length; i += 1) {
    const item = a[i];
    for (let j = 0; j < b.length; j += 1) product[i + j] += item * b[j];
  }
  return product;
}
